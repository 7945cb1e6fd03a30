import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ANONYMOUS, type Viewer } from '../../../api/src/access/viewer.ts';
import { evalRun, makeWorld, type World } from '../incident/world.ts';
import { countedFrom, items, recordRun, samplesOf } from './runs-with-samples.ts';

const MEASUREMENT = `id rate sampleCount clusters clusteredStandardError standardError
  interval { lower upper method } missingDataBounds { lower upper }`;
const COMPARISON = `comparability { comparable differences unknowns } verdict paired pairing
  itemsInOne itemsInTwo itemsInBoth itemsCompared rateOne rateTwo difference interval { lower upper level method }
  test pValue midPValue correctedPValue correction missingDataBounds { lower upper } assumptions`;
const COLD = { generateConfig: { temperature: 0 } };

const untold = (items: number) =>
  `items: whether they were given the same is not recorded for ${items} of the ${items} in both`;

describe('measurements with recorded samples', () => {
  let world: World;
  const measured = async (run: string, as: Viewer = world.reporter) => {
    const data = await world.ask(
      as,
      `{ lineageNode(ref: "eval-run:${run}") { ... on EvalRun { measurements { ${MEASUREMENT} } } } }`,
    );
    return data.lineageNode?.measurements ?? [];
  };
  const compared = async (one: string, two: string, as = world.viewer) => {
    const data = await world.ask(
      as,
      `query ($one: NodeRef!, $two: NodeRef!) { evalRunComparison(one: $one, two: $two) {
        tested correction one { name } two { name } rows { ${COMPARISON} one { id } two { id } }
        onlyInOne { rate } onlyInTwo { rate } truncations { field } } }`,
      { one: `eval-run:${one}`, two: `eval-run:${two}` },
    );
    return data.evalRunComparison;
  };

  beforeAll(async () => {
    world = await makeWorld();
    const record = (
      name: string,
      model: string,
      by: Record<string, string>,
      more: Partial<Parameters<typeof recordRun>[1]> & { target?: string } = {},
    ) => {
      const samples = samplesOf('blackmail', by, more.target === undefined ? {} : { target: more.target });
      return recordRun(world, {
        name,
        model,
        samples,
        measurements: [countedFrom(samples)],
        settings: COLD,
        ...more,
      });
    };
    // 100 items, one sample each: 30 exhibit in both, 20 in the first alone, 5 in the second alone.
    await record('opus-single', 'opus', { ...items(0, 50, 'E'), ...items(50, 50, 'N') });
    await record('sonnet-single', 'sonnet', {
      ...items(0, 30, 'E'),
      ...items(30, 20, 'N'),
      ...items(50, 5, 'E'),
      ...items(55, 45, 'N'),
    });
    await record('sonnet-half', 'sonnet', items(0, 40, 'E'));
    await record(
      'sonnet-other-targets',
      'sonnet',
      { ...items(0, 50, 'E'), ...items(50, 50, 'N') },
      { target: 'x' },
    );
    await record('sonnet-warm', 'sonnet', items(0, 100, 'E'), {
      settings: { generateConfig: { temperature: 1 } },
    });
    await record('sonnet-hidden', 'sonnet', items(0, 100, 'N'), { visibility: 'TEAM' });
    // Ten items in ten epochs: each item always or never, and one with samples that were not scored.
    await record(
      'repeated',
      'opus',
      { ...items(0, 5, 'EEEEEEEEEE'), ...items(5, 4, 'NNNNNNNNNN'), last: 'NNNNNNNNUG' },
      {
        epochs: 10,
      },
    );
    await record('one-item', 'opus', { only: `${'E'.repeat(96)}${'N'.repeat(4)}` }, { epochs: 100 });
    const facts: bigint[] = [];
    for (const version of ['1', '2']) {
      const input = { dataset: 'facts', version, visibility: 'MEMBERS' };
      const made = await world.run(world.reporter, 'registerDatasetVersion', input, 'datasetVersion { id }');
      facts.push(world.api.services.ids.decode(made.datasetVersion.id)!.id);
    }
    const hundred = { ...items(0, 50, 'E'), ...items(50, 50, 'N') };
    await record('on-facts-1', 'opus', hundred, { testedOn: [facts[0]!] });
    await record('on-facts-1-too', 'sonnet', hundred, { testedOn: [facts[0]!] });
    await record('on-facts-2', 'sonnet', hundred, { testedOn: [facts[1]!] });
    for (const end of ['', ' [SHA-256 0123456789abcdef]', ' [SHA-256 fedcba9876543210]'])
      await record(`cut${end.slice(10, 13)}`, 'opus', items(0, 20, 'E'), { target: `begins alike…${end}` });
    const numbers = Object.fromEntries(Array.from({ length: 20 }, (_, i) => [`${i + 1}`, i % 3 ? 'E' : 'N']));
    const untold = samplesOf('blackmail', numbers, { target: null });
    for (const name of ['numbered', 'numbered-too'])
      await record(name, 'opus', {}, { samples: untold, measurements: [countedFrom(untold)] });
    await record('numbered-with-targets', 'opus', numbers);
    await world.run(
      world.reporter,
      'recordEvalRun',
      evalRun('published', {
        modelVersion: 'model:sonnet@4',
        visibility: 'MEMBERS',
        measurements: [
          { behavior: 'blackmail', condition: 'replacement', grader: 'classifier@1', rate: 0.37 },
          {
            behavior: 'sabotage',
            condition: 'replacement',
            grader: 'classifier@1',
            exhibited: 1,
            notExhibited: 9,
          },
        ],
      }),
      'evalRun { id }',
    );
  });
  afterAll(() => world.api.close());

  it('have intervals by items, where epochs repeat these, and bounds for what was not scored', async () => {
    const [repeated] = await measured('repeated');
    expect(repeated).toMatchObject({ sampleCount: 98, clusters: 10, standardError: null });
    expect(repeated.interval.method).toContain('98 in 10 clusters');
    expect(repeated.interval.lower).toBeLessThan(0.25);
    expect(repeated.missingDataBounds).toEqual({ lower: 0.5, upper: 0.52 });
    expect(repeated.clusteredStandardError).toBeGreaterThan(0.15);
    const [alone] = await measured('one-item');
    expect(alone).toMatchObject({ clusters: 1, clusteredStandardError: 0 });
    expect(alone.interval.lower).toBeCloseTo(0.902, 3);
    expect(alone.interval.method).toContain('that cluster alone');
    const [single] = await measured('opus-single');
    expect(single).toMatchObject({ clusters: 100, interval: { method: 'Wilson score, from counts' } });
  });

  it('have no bounds and no clusters where the source states neither', async () => {
    const [rate, counted] = await measured('published');
    expect(rate).toMatchObject({ interval: null, missingDataBounds: null, clusters: null });
    expect(counted).toMatchObject({ missingDataBounds: null, clusters: null, clusteredStandardError: null });
  });

  it('are bootstrapped over their clusters where asked, alike from one seed, within bounds', async () => {
    const [{ id }] = await measured('repeated');
    const ask = (args: string) =>
      world.api.as(world.viewer)(
        `{ node(id: "${id}") { ... on Measurement { bootstrapInterval${args} { lower upper method } } } }`,
      );
    const first = (await ask('')).data.node.bootstrapInterval;
    expect(first.method).toContain('10 clusters, 2000 resamples from seed 1');
    expect(first.lower).toBeLessThan(0.4);
    expect((await ask('(resamples: 2000, seed: 1)')).data.node.bootstrapInterval).toEqual(first);
    expect((await ask('(seed: 2)')).data.node.bootstrapInterval).not.toEqual(first);
    expect((await ask('(resamples: 99)')).errors[0]).toMatchObject({ code: 'BAD_USER_INPUT' });
    const [published] = await measured('published');
    const none = await world.ask(
      world.viewer,
      `{ node(id: "${published.id}") { ... on Measurement { bootstrapInterval { lower } } } }`,
    );
    expect(none.node.bootstrapInterval).toBeNull();
  });

  it('are compared item by item, with the p of the items that changed', async () => {
    const { rows, tested, correction, one, two } = await compared('opus-single', 'sonnet-single');
    expect({ tested, correction, one, two, rows: rows.length }).toEqual({
      tested: 1,
      correction: 'HOLM',
      one: { name: 'opus-single' },
      two: { name: 'sonnet-single' },
      rows: 1,
    });
    expect(rows[0]).toMatchObject({
      comparability: { comparable: true, differences: [], unknowns: [untold(100)] },
      verdict: 'DEMONSTRATED_DIFFERENCE',
      paired: true,
      itemsInOne: 100,
      itemsInTwo: 100,
      itemsInBoth: 100,
      itemsCompared: 100,
      rateOne: 0.5,
      rateTwo: 0.35,
      correction: 'Holm, over 1 comparison',
      missingDataBounds: { lower: -0.15000000000000002, upper: -0.15000000000000002 },
    });
    // 2 · Σ C(25, 0…5) / 2²⁵, by hand.
    expect(rows[0].pValue).toBeCloseTo((2 * 68406) / 2 ** 25, 12);
    expect(rows[0].correctedPValue).toBe(rows[0].pValue);
    expect(rows[0].midPValue).toBeLessThan(rows[0].pValue);
    expect(rows[0].interval.upper).toBeLessThan(0);
    expect(rows[0].test).toContain('McNemar');
    expect(rows[0].assumptions.length).toBeGreaterThan(0);
  });

  it('are compared over the items in both, said so, where nothing but the items differs', async () => {
    const { rows } = await compared('opus-single', 'sonnet-half');
    expect(rows[0]).toMatchObject({
      comparability: { comparable: false, differences: ['items: 100 against 40, of which 40 are in both'] },
      paired: true,
      itemsInOne: 100,
      itemsInTwo: 40,
      itemsCompared: 40,
      difference: 0,
      verdict: 'NO_DEMONSTRATED_DIFFERENCE',
      missingDataBounds: null,
    });
    expect(rows[0].assumptions.join(' ')).toContain('in both alone');
  });

  it.each([
    ['sonnet-warm', 'temperature: 0 against 1'],
    ['sonnet-other-targets', 'items: 100 of the 100 in both have another target'],
  ])('have no p where they may not be compared: %s', async (two, difference) => {
    const { rows, tested } = await compared('opus-single', two);
    expect(tested).toBe(0);
    expect(rows[0]).toMatchObject({
      comparability: { comparable: false, differences: [difference] },
      verdict: 'NOT_COMPARABLE',
      paired: false,
      difference: null,
      interval: null,
      test: null,
      pValue: null,
      correctedPValue: null,
      missingDataBounds: null,
      assumptions: [],
    });
  });

  it('have no p where they were tested on another version of a dataset, whatever their items are called', async () => {
    const { rows, tested } = await compared('on-facts-1', 'on-facts-2');
    expect(tested).toBe(0);
    expect(rows[0]).toMatchObject({
      comparability: { comparable: false, differences: ['tested dataset: facts@1 against facts@2'] },
      verdict: 'NOT_COMPARABLE',
      paired: false,
      pValue: null,
    });
    const same = (await compared('on-facts-1', 'on-facts-1-too')).rows[0];
    expect(same).toMatchObject({
      comparability: { comparable: true, unknowns: [untold(100)] },
      paired: true,
    });
    // What one of them is said of alone is not known of the other.
    const stated = (await compared('on-facts-1', 'opus-single')).rows[0];
    expect(stated.comparability).toEqual({ comparable: true, differences: [], unknowns: [untold(100)] });
  });

  it('tell targets that were cut apart by their digests, and not from those that are kept without one', async () => {
    const differences = async (one: string, two: string) =>
      (await compared(one, two)).rows[0].comparability.differences;
    expect(await differences('cut012', 'cutfed')).toEqual([
      'items: 20 of the 20 in both have another target',
    ]);
    expect(await differences('cut012', 'cut012')).toEqual([]);
    expect(await differences('cut', 'cut012')).toEqual([]);
  });

  it('say that items are matched by their numbers alone, where nothing else is recorded of them', async () => {
    const BY_NUMBER = expect.stringMatching(/^items: matched by their numbers alone/);
    const { rows } = await compared('numbered', 'numbered-too');
    expect(rows[0]).toMatchObject({
      paired: true,
      comparability: { comparable: true, unknowns: [BY_NUMBER] },
    });
    expect(rows[0].assumptions).toContainEqual(expect.stringMatching(/matched by their numbers alone/));
    const [half] = (await compared('numbered', 'numbered-with-targets')).rows;
    expect(half.comparability.unknowns).toEqual([BY_NUMBER]);
    const [told] = (await compared('numbered-with-targets', 'numbered-with-targets')).rows;
    expect(told.comparability.unknowns).toEqual([]);
  });

  it('are compared rate by rate where items are not recorded, and not tested where the spread is not known', async () => {
    const { rows, onlyInTwo } = await compared('opus-single', 'published');
    expect(rows[0]).toMatchObject({ verdict: 'CANNOT_BE_TESTED', pValue: null, paired: false });
    expect(rows[0].comparability).toEqual({
      comparable: true,
      differences: [],
      unknowns: [
        'sampling settings: recorded for one of them alone',
        'items: the samples are not recorded for both',
      ],
    });
    expect(onlyInTwo).toEqual([{ rate: 0.1 }]);
    const own = await compared('published', 'published');
    expect(own.rows[1]).toMatchObject({ verdict: 'NO_DEMONSTRATED_DIFFERENCE', difference: 0 });
    expect(own.rows[1].pValue).toBeCloseTo(1, 9);
    expect(own.rows[1].test).toContain('Fisher');
  });

  it('are compared two by two by their ids, without a correction', async () => {
    const [one] = await measured('opus-single');
    const [two] = await measured('sonnet-single');
    const query = `query ($one: ID!, $two: ID!) { measurementComparison(one: $one, two: $two) { ${COMPARISON} } }`;
    const { measurementComparison: there } = await world.ask(world.viewer, query, {
      one: one.id,
      two: two.id,
    });
    const { measurementComparison: back } = await world.ask(world.viewer, query, {
      one: two.id,
      two: one.id,
    });
    expect(there).toMatchObject({
      verdict: 'DEMONSTRATED_DIFFERENCE',
      correctedPValue: null,
      correction: null,
    });
    expect(back.pValue).toBe(there.pValue);
    expect(back.difference).toBeCloseTo(-there.difference, 12);
    expect(back.interval.lower).toBeCloseTo(-there.interval.upper, 12);
  });

  it('are absent from every comparison for whom they are hidden from', async () => {
    const [hidden] = await measured('sonnet-hidden');
    const [seen] = await measured('opus-single');
    expect(hidden.id).toBeTypeOf('string');
    const outsider = { ...(await world.api.person('VIEWER')), teamIds: [] };
    expect(await measured('sonnet-hidden', ANONYMOUS)).toEqual([]);
    for (const as of [ANONYMOUS, outsider]) {
      const ask = world.api.as(as);
      const told = async (id: string) =>
        (await ask(`{ measurementComparison(one: "${id}", two: "${seen.id}") { verdict } }`)).errors;
      const absent = `${hidden.id.slice(0, -2)}${hidden.id.endsWith('AA') ? 'BB' : 'AA'}`;
      expect((await told(hidden.id))[0]?.message).toMatch(/no such measurement/i);
      expect((await told(absent))[0]?.code).toBe((await told(hidden.id))[0]?.code);
      const runs = async (ref: string) =>
        (await ask(`{ evalRunComparison(one: "eval-run:${ref}", two: "eval-run:opus-single") { tested } }`))
          .errors;
      const [nothing] = await runs('no-such-hidden');
      const [there] = await runs('sonnet-hidden');
      expect(there?.message.replace('sonnet-hidden', 'X')).toBe(
        nothing?.message.replace('no-such-hidden', 'X'),
      );
    }
  });

  it('tell of a grader that asks a hidden model what they tell of one that asks an unknown one', async () => {
    const { records } = world.api;
    const input = { model: 'hidden-judge', version: '1', visibility: 'RESTRICTED' };
    const made = await world.run(world.reporter, 'registerModelVersion', input, 'modelVersion { id }');
    const judge = world.api.services.ids.decode(made.modelVersion.id)!.id;
    const asking = async (model: bigint | null) => {
      await records.$executeRawUnsafe('alter table grader_version disable trigger user');
      await records.$executeRaw`
        update grader_version set kind = 'MODEL', model_version_id = ${model}
        where grader_id in (select id from grader where name = 'classifier')`;
      await records.$executeRawUnsafe('alter table grader_version enable trigger user');
      const unknowns = async (as: Viewer) =>
        (await compared('opus-single', 'sonnet-single', as)).rows[0].comparability.unknowns;
      return { outsider: await unknowns(world.viewer), reporter: await unknowns(world.reporter) };
    };
    const [known, unknown] = [await asking(judge), await asking(null)];
    expect(unknown.outsider).toContainEqual(expect.stringContaining('which one is not recorded'));
    expect(unknown.reporter).toEqual(unknown.outsider);
    expect(known.outsider).toEqual(unknown.outsider);
    expect(known.reporter).not.toEqual(known.outsider);
  });
});
