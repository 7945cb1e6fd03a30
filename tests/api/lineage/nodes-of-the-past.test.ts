import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type TestApi, testApi } from '../../testkit/api.ts';
import { building, type Mutate, mutating } from '../../testkit/mutate.ts';

const sole = (of: string) => ({ unit: 'FRACTION', complete: true, inputs: [{ of, amount: 1 }] });
const NODE = '{ label retractedAt }';
const STAGES = `stages {
  trainingRun ${NODE} modelVersion ${NODE}
  shares { source ${NODE} datasetVersion ${NODE} generatedBy ${NODE} }
  losses { node ${NODE} sources ${NODE} } }`;
const ANSWERS = `query ($on: DateTime!) {
  lineageNode(ref: "model:m@2") {
    ... on ModelVersion {
      bySource: exposure(by: SOURCE, knownOn: $on) { ${STAGES} }
      byVersion: exposure(by: DATASET_VERSION, knownOn: $on) { ${STAGES} }
      trainingRuns(knownOn: $on) { retractedAt inputs(knownOn: $on) { node ${NODE} edge { upstream ${NODE} } } }
    }
    lineage(knownOn: $on) { nodes ${NODE} edges { status retractedAt upstream ${NODE} } }
  }
  mixtureDiff(from: "model:m@1", to: "model:m@2", by: DATASET_VERSION, knownOn: $on) {
    rows { fromRun ${NODE} toRun ${NODE} datasetVersion ${NODE} revisedFrom ${NODE} }
  }
}`;

/** Every label in an answer with its `retractedAt`. */
function retractions(value: unknown, found = new Map<string, unknown>()): Map<string, unknown> {
  if (Array.isArray(value)) for (const item of value) retractions(item, found);
  else if (value !== null && typeof value === 'object') {
    const { label, retractedAt } = value as { label?: string; retractedAt?: unknown };
    if (label !== undefined && (retractedAt ?? null) !== null) found.set(label, retractedAt);
    else if (label !== undefined && !found.has(label)) found.set(label, null);
    for (const item of Object.values(value)) retractions(item, found);
  }
  return found;
}

describe('an answer about the past', () => {
  let api: TestApi;
  let build: Mutate;
  let on: string;
  let before: unknown;
  const nodes: { ref: string; id: string }[] = [];

  beforeAll(async () => {
    api = await testApi();
    build = building(mutating(api, await api.person('ADMINISTRATOR')));
    const made = async (mutation: string, input: Record<string, unknown>, field: string) => {
      const result = await build(mutation, input, `${field} { id ref }`);
      nodes.push(result[field]);
    };
    await made('registerSource', { name: 'books' }, 'source');
    for (const version of ['1', '2'])
      await made(
        'registerDatasetVersion',
        { dataset: 'd', version, derivedFrom: sole('source:books') },
        'datasetVersion',
      );
    for (const version of ['1', '2']) {
      const trainedBy = { name: `run ${version}`, stage: 'SFT', startedFrom: 'SCRATCH' };
      const composition = sole(`dataset:d@${version}`);
      const input = { model: 'm', version, trainedBy: { ...trainedBy, composition } };
      await made('registerModelVersion', input, 'modelVersion');
    }
    on = (await ask('{ lineageNode(ref: "model:m@2") { lineage { knownOn } } }')).lineageNode.lineage.knownOn;
    before = await ask(ANSWERS, { on });
    const ids = nodes.filter((node) => node.ref !== 'model:m@1' && node.ref !== 'model:m@2');
    for (const { id } of ids) await build('retract', { target: id, reason: 'a trial' });
    for (const run of ['run 1', 'run 2']) {
      const { lineageNode } = await ask('query ($ref: NodeRef!) { lineageNode(ref: $ref) { id } }', {
        ref: `training-run:${run.replace(' ', '%20')}`,
      });
      await build('retract', { target: lineageNode.id, reason: 'a trial' });
    }
  });
  afterAll(() => api.close());

  const ask = async (query: string, variables?: Record<string, unknown>) => {
    const { data, errors } = await api.as(await api.person('ADMINISTRATOR'))(query, variables);
    expect(errors).toEqual([]);
    return data;
  };

  it('shows the nodes in exposures, lineages and differences as they stood, whatever was retracted since', async () => {
    const after = await ask(ANSWERS, { on });
    expect(after).toEqual(before);
    const told = retractions(after);
    for (const label of ['books', 'd@1', 'd@2', 'run 1', 'run 2', 'm@2'])
      expect([label, told.get(label)]).toEqual([label, null]);
  });

  it('tells of the retraction where the node itself is read', async () => {
    const id = nodes[0]!.id;
    const { node } = await ask('query ($id: ID!) { node(id: $id) { ... on Source { retractedAt } } }', {
      id,
    });
    expect(node.retractedAt).not.toBeNull();
  });
});
