import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Principal } from '../../../api/src/access/viewer.ts';
import { zipOf } from '../../../api/src/interchange/inspect/zip-fixture.ts';
import { asJson, type ImportWorld, importWorld } from './inspect-fixture.ts';

const CONFIG = { model: 'hf-causal', model_args: 'pretrained=lab/m,revision=step10', num_fewshot: 2 };
const resultsOf = (results: object) => ({
  results,
  versions: { sums: 1, products: 1, more: 1 },
  config: CONFIG,
});
const TWO = { sums: { acc: 0.25, acc_stderr: 0.125 }, products: { acc: 'N/A' } };
const row = (prompt_name: string, em: number) => ({ task_name: 'pronouns', prompt_name, em, em_stderr: 0.1 });
const response = (verdict: boolean | null, sample: string) => ({
  raw_response: 'x',
  metadata: { model: 'lab/n', condition: 'murder_none_none', sample_id: sample },
  ...(verdict === null
    ? {}
    : {
        classification: {
          harmful_behavior: verdict,
          classifier_type: 'murder',
          classifier_model: 'lab/judge',
        },
      }),
});

describe('a file that tells of several eval runs', () => {
  let world: ImportWorld;
  let reporter: Principal;
  beforeAll(async () => {
    world = await importWorld();
    reporter = await world.person('REPORTER');
  });
  afterAll(() => world.close());
  const runsOf = (importId: bigint) =>
    world.records.evalRun.findMany({
      where: { importId },
      orderBy: { nodeId: 'asc' },
      include: {
        node: true,
        evaluationVersion: { include: { evaluation: true } },
        scoreAsEvalRun: { include: { condition: true } },
        measurementAsEvalRun: { include: { condition: true, behavior: true } },
      },
    });

  it('records each with its scores under its condition, and nothing of single samples where there is nothing', async () => {
    const { id, row: made } = await world.bringIn(reporter, asJson(resultsOf(TWO)), 'results.json');
    expect(made).toMatchObject({ status: 'SUCCEEDED', format: 'lm-eval-results', error: null });
    const runs = await runsOf(id);
    expect(runs.map((run) => run.evaluationVersion.evaluation.name)).toEqual(['sums', 'products']);
    expect(runs[0]).toMatchObject({ status: 'SUCCESS', sampleCount: null, samplesDeclared: null });
    expect(runs.map((run) => run.scoreAsEvalRun[0])).toMatchObject([
      { metric: 'acc', value: 0.25, standardError: 0.125, condition: { name: '2-shot' } },
      { metric: 'acc', value: null, note: 'the file states "N/A" for it' },
    ]);
  });

  it('makes nothing of the same results in another file, and only what is new of a file that says more', async () => {
    const before = await world.counts();
    const again = await world.bringIn(reporter, asJson({ more: [], ...resultsOf(TWO) }), 'copy.json');
    expect(again.row.report?.recordedBefore).not.toBeNull();
    expect(again.row.report?.warningsOfRecord?.join(' ')).toMatch(/nothing was added/);
    expect({ ...(await world.counts()), import: 0, event: 0 }).toEqual({ ...before, import: 0, event: 0 });
    const more = await world.bringIn(reporter, asJson(resultsOf({ ...TWO, more: { acc: 1 } })), 'more.json');
    expect(more.row.report?.runsRecordedBefore).toHaveLength(2);
    expect((await runsOf(more.id)).map((run) => run.evaluationVersion.evaluation.name)).toEqual(['more']);
  });

  it('lets both stand where another file says otherwise of the same run', async () => {
    const other = resultsOf({ sums: { acc: 0.5, acc_stderr: 0.125 } });
    const { id, row: made } = await world.bringIn(reporter, asJson(other), 'other.json');
    expect(made.report?.warningsOfRecord?.join(' ')).toMatch(/says otherwise: both stand/);
    expect((await runsOf(id))[0]!.node.name).toMatch(/^sums\/[0-9a-f]{8}-[0-9a-f]{8}$/);
  });

  it('records two prompts of one task as two conditions of one evaluation', async () => {
    const table = {
      table_results: { 'pronouns+a': row('a', 0.5), 'pronouns+b': row('b', 0.25) },
      model_args: { iteration: 7, config_files: { small: null } },
    };
    const { id, row: made } = await world.bringIn(reporter, asJson(table), 'table.json');
    expect(made.error).toBeNull();
    const runs = await runsOf(id);
    expect(new Set(runs.map((run) => run.evaluationVersionId)).size).toBe(1);
    expect(runs.map((run) => run.scoreAsEvalRun[0]?.condition?.name)).toEqual(['prompt a', 'prompt b']);
  });

  it('measures a behaviour where classifiers judged it, and takes what they did not see for unscored', async () => {
    const zip = zipOf(
      [true, false, null].map((verdict, i) => ({
        name: `models/lab-n/murder_none_none/sample_${i}/response.json`,
        data: JSON.stringify(response(verdict, `sample_${i}`)),
      })),
    );
    const { id, row: made } = await world.bringIn(reporter, zip, 'tree.zip');
    expect(made.error).toBeNull();
    const [run] = await runsOf(id);
    expect(run!.sampleCount).toBe(3);
    expect(run!.measurementAsEvalRun).toMatchObject([
      {
        behavior: { name: 'murder' },
        condition: { name: 'murder_none_none' },
        exhibited: 1,
        notExhibited: 1,
        unscored: 1,
        rate: 0.5,
      },
    ]);
    const judged = await world.records.edge.count({ where: { kind: 'JUDGED_BY', downstream: run!.nodeId } });
    expect(judged).toBe(1);
  });

  it('leaves a failed import, under its format, of a file that names no model', async () => {
    const { row: failed } = await world.bringIn(
      reporter,
      asJson({ results: { sums: { acc: 1 } } }),
      'x.json',
    );
    expect(failed).toMatchObject({ status: 'FAILED', format: 'lm-eval-results' });
    expect(failed.error).toMatch(/names no model/);
  });
});
