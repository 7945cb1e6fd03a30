import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { evalRun, incident, makeWorld, mutate, rows, type World } from '../incident/world.ts';

describe('investigations', () => {
  let world: World;
  let ref: string;
  let before: string;
  let after: string;
  beforeAll(async () => {
    world = await makeWorld();
    const filed = await world.run(
      world.reporter,
      'fileIncident',
      incident('Opus threatened an engineer'),
      'incident { ref }',
    );
    ref = filed.incident.ref;
    const measure = async (name: string, exhibited: number) => {
      const measurements = [
        {
          behavior: 'blackmail',
          exhibited,
          notExhibited: 100 - exhibited,
          grader: 'classifier@1',
          condition: 'replacement',
        },
      ];
      const made = await world.run(
        world.reporter,
        'recordEvalRun',
        evalRun(name, { measurements }),
        'evalRun { measurements { id } }',
      );
      return made.evalRun.measurements[0].id as string;
    };
    before = await measure('before', 65);
    after = await measure('after', 19);
  });
  afterAll(() => world.api.close());

  const open = async (statement: string) => {
    const made = await world.run(
      world.reporter,
      'openHypothesis',
      {
        incident: ref,
        statement,
        suspects: ['source:dystopian-books'],
        suspectTags: ['fiction/dystopian-ai'],
      },
      'hypothesis { id status suspects { label } }',
    );
    expect(made.__typename).toBe('OpenHypothesisSuccess');
    return made.hypothesis;
  };

  it('keep rival hypotheses with evidence for and against, and dissent beside the status', async () => {
    const hypothesis = await open('Fiction about evil AI taught it');
    expect(hypothesis.status).toBe('OPEN');
    expect(hypothesis.suspects.map((s: { label: string }) => s.label)).toEqual([
      'dystopian-books',
      'fiction/dystopian-ai',
    ]);
    const suspects = await rows(world.api, 'suspect');
    await open('Rewards in post-training taught it');
    // Both are about the same suspects: the incident has each once.
    expect(await rows(world.api, 'suspect')).toBe(suspects);
    const item = await world.run(
      world.other,
      'addHypothesisEvidence',
      {
        hypothesis: hypothesis.id,
        direction: 'SUPPORTS',
        method: 'ABLATION',
        statement: 'Without it: less',
        score: 0.4,
        scoreMeaning: 'share of the effect',
      },
      'evidenceItem { direction method score scoreMeaning addedBy { name } }',
    );
    expect(item.evidenceItem).toMatchObject({ direction: 'SUPPORTS', method: 'ABLATION', score: 0.4 });
    const assess = (as: World['reporter'], more: object) =>
      world.run(
        as,
        'assessHypothesis',
        { hypothesis: hypothesis.id, confidence: 'largely responsible', ...more },
        'assessment { dissent } hypothesis { status }',
      );
    expect(await assess(world.investigator, { status: 'SUPPORTED', probability: 0.7 })).toMatchObject({
      hypothesis: { status: 'SUPPORTED' },
    });
    expect(await assess(world.other, { dissent: true, confidence: 'I doubt it' })).toMatchObject({
      assessment: { dissent: true },
      hypothesis: { status: 'SUPPORTED' },
    });
    expect(
      await assess(world.reporter, {
        assessor: 'An author',
        citation: { source: 'A paper', certainty: 'PRIMARY' },
      }),
    ).toMatchObject({ hypothesis: { status: 'SUPPORTED' } });
    const read = await world.ask(
      world.viewer,
      `query ($ref: NodeRef!) { lineageNode(ref: $ref) { ... on Incident { suspects { label } hypotheses { statement status evidence { direction } assessments { confidence dissent by { name actor { name } } } }
        timeline { nodes { type } } } } }`,
      { ref },
    );
    const [first, second] = read.lineageNode.hypotheses;
    expect(first.assessments).toHaveLength(3);
    expect(first.assessments[1]).toMatchObject({ confidence: 'I doubt it', dissent: true });
    expect(first.assessments[2].by).toEqual({ name: 'An author', actor: null });
    expect(second).toMatchObject({ status: 'OPEN', evidence: [] });
    expect(read.lineageNode.timeline.nodes.map((n: { type: string }) => n.type)).toEqual(
      expect.arrayContaining(['HYPOTHESIS_OPENED', 'HYPOTHESIS_EVIDENCE_ADDED', 'HYPOTHESIS_ASSESSED']),
    );
  });

  it('refuse what says nothing or may not be said, at its place, with nothing half-written', async () => {
    const hypothesis = await open('Refusals');
    const tables = [
      'hypothesis',
      'evidence_item',
      'assessment',
      'intervention',
      'intervention_comparison',
      'event',
      'citation',
    ];
    const counts = () => Promise.all(tables.map((table) => rows(world.api, table)));
    const held = await counts();
    const refused = async (mutation: string, input: object, fields: string, expected: object) =>
      expect(await world.run(world.reporter, mutation, input, fields)).toMatchObject(expected);
    const evidence = { hypothesis: hypothesis.id, direction: 'SUPPORTS', method: 'PROBE', statement: 'x' };
    await refused('addHypothesisEvidence', { ...evidence, score: 1 }, 'evidenceItem { id }', {
      __typename: 'InputError',
      path: ['scoreMeaning'],
    });
    await refused('addHypothesisEvidence', { ...evidence, hypothesis: 'no-such-id' }, 'evidenceItem { id }', {
      __typename: 'InputError',
      path: ['hypothesis'],
    });
    await refused(
      'assessHypothesis',
      { hypothesis: hypothesis.id, confidence: 'x', probability: 70 },
      'assessment { id }',
      { __typename: 'InputError', path: ['probability'] },
    );
    await refused(
      'assessHypothesis',
      { hypothesis: hypothesis.id, confidence: 'x', assessor: 'Somebody' },
      'assessment { id }',
      { __typename: 'InputError', path: ['citation'] },
    );
    const intervention = {
      incident: ref,
      title: 't',
      description: 'd',
      outcome: 'UNKNOWN',
      citation: { source: 's', certainty: 'PRIMARY' },
    };
    await refused('recordIntervention', { ...intervention, addedAmount: 3 }, 'intervention { id }', {
      __typename: 'InputError',
      path: ['addedUnit'],
    });
    await refused(
      'recordIntervention',
      { ...intervention, comparisons: [{ label: 'x', beforeMeasurement: hypothesis.id }] },
      'intervention { id }',
      {
        __typename: 'InputError',
        path: ['comparisons', '0', 'beforeMeasurement'],
      },
    );
    await refused(
      'openHypothesis',
      { incident: 'incident:MBI-1999-0001', statement: 'x' },
      'hypothesis { id }',
      { __typename: 'NotFoundError', path: ['incident'] },
    );
    expect(
      (
        await mutate(
          world.api,
          world.viewer,
          'openHypothesis',
          { incident: ref, statement: 'x' },
          'hypothesis { id }',
        )
      ).errors[0]?.code,
    ).toBe('FORBIDDEN');
    const moved = { hypothesis: hypothesis.id, confidence: 'x', status: 'REFUTED' };
    expect(
      (await mutate(world.api, world.reporter, 'assessHypothesis', moved, 'assessment { id }')).errors[0]
        ?.code,
    ).toBe('FORBIDDEN');
    expect(await counts()).toEqual(held);
  });

  it('say of an intervention only what its before and after show', async () => {
    const citation = { source: 'An article', certainty: 'SECONDARY' };
    const result = async (value: number) => {
      const made = await world.run(
        world.reporter,
        'recordReportedResult',
        { statement: `${value} %`, value, unit: '%', citation },
        'reportedResult { id }',
      );
      return made.reportedResult.id as string;
    };
    const made = await world.run(
      world.reporter,
      'recordIntervention',
      {
        incident: ref,
        title: 'Stories',
        description: 'Synthetic stories were added.',
        outcome: 'EFFECTIVE',
        addedData: 'source:dystopian-books',
        addedAmount: 30_000_000,
        addedUnit: 'TOKENS',
        stage: 'SFT',
        comparisons: [
          { label: 'measured', beforeMeasurement: before, afterMeasurement: after },
          { label: 'the same', beforeMeasurement: before, afterMeasurement: before },
          { label: 'reported', beforeResult: await result(22), afterResult: await result(15) },
          { label: 'unlike', beforeMeasurement: before, afterResult: await result(3) },
        ],
      },
      'intervention { addedData { ref } addedAmount comparisons { label before after difference differenceInterval { lower upper method } comparability { comparable } verdict } }',
    );
    expect(made.intervention.addedData).toEqual({ ref: 'source:dystopian-books' });
    const [measured, same, reported, unlike] = made.intervention.comparisons;
    expect(measured).toMatchObject({ before: 0.65, after: 0.19, comparability: { comparable: true } });
    expect(measured.differenceInterval.upper).toBeLessThan(0);
    expect(measured.verdict).toMatch(/^lower after by 46 points/);
    expect(same.verdict).toMatch(/^no demonstrated difference/);
    expect(reported).toMatchObject({ difference: -7, differenceInterval: null, comparability: null });
    expect(reported.verdict).toContain('n not stated');
    expect(unlike).toMatchObject({ difference: null, differenceInterval: null });
    expect(unlike.verdict).toMatch(/^not comparable/);
  });
});
