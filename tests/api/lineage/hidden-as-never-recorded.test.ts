import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type TestApi, testApi } from '../../testkit/api.ts';
import { building, mutating } from '../../testkit/mutate.ts';

/** A small generator of numbers in [0, 1), the same for the same seed. */
function numbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return state / 2_147_483_648;
  };
}

interface Thing {
  name: string;
  hidden: boolean;
  /** Empty for a source. */
  inputs: { of: Thing; amount: number | null }[];
  complete: boolean;
  unit: 'FRACTION' | 'ROWS';
}

function things(seed: number): Thing[] {
  const next = numbers(seed);
  const made: Thing[] = [];
  for (let i = 0; i < 14; i += 1) {
    const inputs: Thing['inputs'] = [];
    if (i > 4) {
      for (const of of made) if (next() < 0.35) inputs.push({ of, amount: null });
      if (inputs.length === 0) inputs.push({ of: made[i - 1]!, amount: null });
      const known = next() < 0.8;
      for (const input of inputs) if (known) input.amount = Math.round((900 * next()) / inputs.length) / 1000;
    }
    const unit = next() < 0.6 ? 'FRACTION' : 'ROWS';
    made.push({ name: `t${i}`, hidden: next() < 0.3, inputs, complete: next() < 0.5, unit });
  }
  made.at(-1)!.hidden = false;
  return made;
}

const ref = (thing: Thing) =>
  thing.inputs.length === 0 ? `source:${thing.name}` : `dataset:${thing.name}@1`;

const EVERYTHING = `query ($ref: NodeRef!) {
  lineageNode(ref: $ref) {
    up: lineage { nodes { label } edges { kind share shareUpper downstream { label } upstream { label } } truncated { reason }
      unaccounted { node { label } share shareUpper reason } }
    toSources: lineage(kinds: [SOURCE]) { edges { share downstream { label } upstream { label } } }
    down: lineage(direction: DOWNSTREAM) { nodes { label } edges { share downstream { label } upstream { label } } }
    impact { datasetVersions(first: 100) { totalCount nodes { label } } modelVersions { totalCount } }
    ... on DatasetVersion { compositions { complete unaccounted inputs { share amount upstream { label } } } } }
  datasets(first: 100) { totalCount nodes { name } }
  sources(first: 100) { totalCount nodes { name } }
  model(name: "m") { versions { nodes { exposure { stages { unaccounted unaccountedUpper shares { share shareUpper source { name } }
    losses { reason share node { label } sources { name } } } } } } } }`;

/** The world as recorded; with `without`, the world in which what is hidden was never recorded. */
async function world(seed: number, without: boolean): Promise<{ api: TestApi; root: Thing; all: Thing[] }> {
  const api = await testApi();
  const build = building(mutating(api, await api.person('REPORTER')));
  const all = things(seed);
  for (const thing of all) {
    if (without && thing.hidden) continue;
    const visibility = thing.hidden ? 'RESTRICTED' : 'PUBLIC';
    if (thing.inputs.length === 0) {
      await build('registerSource', { name: thing.name, visibility });
      continue;
    }
    const kept = without ? thing.inputs.filter((input) => !input.of.hidden) : thing.inputs;
    const inputs = kept.map(({ of, amount }) => ({ of: ref(of), amount }));
    const complete = thing.complete && kept.length === thing.inputs.length;
    const derivedFrom = inputs.length === 0 ? null : { unit: thing.unit, complete, inputs };
    await build('registerDatasetVersion', { dataset: thing.name, version: '1', visibility, derivedFrom });
  }
  const root = all.at(-1)!;
  await build('registerModelVersion', {
    model: 'm',
    version: '1',
    visibility: 'PUBLIC',
    trainedBy: {
      name: 'run',
      stage: 'PRETRAINING',
      startedFrom: 'SCRATCH',
      composition: { unit: 'FRACTION', complete: true, inputs: [{ of: ref(root), amount: 1 }] },
    },
  });
  return { api, root, all };
}

describe.each([1, 7, 42])('a viewer who may not see some things (world %i)', (seed) => {
  let recorded: Awaited<ReturnType<typeof world>>;
  let never: Awaited<ReturnType<typeof world>>;

  beforeAll(async () => {
    recorded = await world(seed, false);
    never = await world(seed, true);
  });
  afterAll(async () => {
    await recorded.api.close();
    await never.api.close();
  });

  it('gets the answers that they would get had these never been recorded', async () => {
    const { all } = recorded;
    expect(all.some((thing) => thing.hidden)).toBe(true);
    const visible = all.filter((thing) => !thing.hidden);
    for (const thing of visible) {
      const query = { ref: ref(thing) };
      const one = await recorded.api.anonymous(EVERYTHING, query);
      const other = await never.api.anonymous(EVERYTHING, query);
      expect(one.errors).toEqual([]);
      expect(one.data).toEqual(other.data);
    }
    for (const thing of all.filter((one) => one.hidden)) {
      const { data } = await recorded.api.anonymous(
        'query ($ref: NodeRef!) { lineageNode(ref: $ref) { id } }',
        {
          ref: ref(thing),
        },
      );
      expect(data.lineageNode).toBeNull();
    }
  });
});
