import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Principal } from '../../api/src/access/viewer.ts';
import { compareScoresOfRuns } from '../../api/src/evaluation/read-score-comparisons.ts';
import { nodesByIds } from '../../api/src/lineage/read-nodes.ts';
import { requestContext } from '../../api/src/request-context.ts';
import { type ImportWorld, importWorld } from '../api/interchange/inspect-fixture.ts';
import { NO_PYTHIA, PYTHIA, pythiaFile, V0, V1 } from './pythia-files.ts';

const BASELINE_V1 = 'EleutherAI/pythia-v1.1-70m-deduped';
const INTERVENTION_V1 = 'EleutherAI/intervention-pythia-v1.1-70m-deduped';

interface ScoreRow {
  runId: bigint;
  model: string;
  version: string;
  evaluation: string;
  evaluationVersion: string;
  condition: string | null;
  value: number | null;
  standardError: number | null;
  sampleCount: number | null;
}

/**
 * Pythia's pronoun intervention: the last stretch of pretraining was done over with pronouns swapped, and the models
 * were evaluated before and after. What the files state is what the record must tell, and nothing more.
 */
describe('Pythia before and after its pronouns were swapped', () => {
  let world: ImportWorld;
  let reporter: Principal;
  beforeAll(async () => {
    world = await importWorld();
    reporter = await world.person('REPORTER');
  });
  afterAll(() => world.close());

  const bringIn = async (path: string) => {
    const { row } = await world.bringIn(reporter, readFileSync(join(PYTHIA, path)), path);
    expect(row.error).toBeNull();
    expect(row.format).toBe('lm-eval-results');
    return row;
  };
  const scoresOf = (task: string, metric: string) =>
    world.records.$queryRaw<ScoreRow[]>`
      select r.node_id as "runId", m.name as model, mn.version, e.name as evaluation, ev.version as "evaluationVersion",
        c.name as condition, s.value, s.standard_error as "standardError", s.sample_count as "sampleCount"
      from score s join eval_run r on r.node_id = s.eval_run_id
      join evaluation_version ev on ev.id = r.evaluation_version_id join evaluation e on e.id = ev.evaluation_id
      left join condition c on c.id = s.condition_id
      join edge d on d.downstream = r.node_id and d.kind = 'EVALUATED'
      join node mn on mn.id = d.upstream join model_version mv on mv.node_id = mn.id
      join model m on m.id = mv.model_id
      where e.name = ${task} and s.metric = ${metric} order by m.name`;

  it('stands as two models at one step, whose scores on one task and condition differ by what the files state', {
    timeout: 300_000,
  }, async ({ skip }) => {
    skip(NO_PYTHIA !== null, NO_PYTHIA ?? '');
    await bringIn(pythiaFile(`${V1}/baseline`, 'step143000'));
    await bringIn(pythiaFile(`${V1}/intervention`, 'step143000'));
    const rows = await scoresOf('crows_pairs_english_gender', 'pct_stereotype');
    expect(rows.map((row) => [row.model, row.version])).toEqual([
      [INTERVENTION_V1, 'step143000'],
      [BASELINE_V1, 'step143000'],
    ]);
    const [after, before] = rows;
    for (const field of ['evaluation', 'evaluationVersion', 'condition'] as const)
      expect(after![field]).toBe(before![field]);
    expect(before!.condition).toBe('0-shot');
    // The files of these years state no count: so the record has none, and errors are what there is.
    expect([before!.sampleCount, after!.sampleCount]).toEqual([null, null]);
    const difference = after!.value! - before!.value!;
    const error = Math.hypot(after!.standardError!, before!.standardError!);
    expect(difference).toBeCloseTo(0.578125 - 0.5625, 12);
    expect(error).toBeCloseTo(Math.hypot(0.027650782660529012, 0.02777505646718807), 12);
    // Over the same sentences, which the files do not pair: the error is at most this, and the difference within it.
    expect(Math.abs(difference)).toBeLessThan(1.96 * error);
    const lambada = await scoresOf('lambada_openai', 'acc');
    const lost = lambada[1]!.value! - lambada[0]!.value!;
    expect(lost).toBeCloseTo(0.19250921793130216 - 0.17737240442460703, 12);
  });

  it('keeps the models of the first series apart from those of the second, and each from its intervention', {
    timeout: 300_000,
  }, async ({ skip }) => {
    skip(NO_PYTHIA !== null, NO_PYTHIA ?? '');
    await bringIn(pythiaFile(V0, 'pythia-350m-deduped-step71500'));
    const row = await bringIn(pythiaFile(V0, 'intervention-350m-deduped-step71500'));
    expect(row.report?.warnings.join(' ')).toMatch(/names the model by a path/);
    const winobias = await bringIn(pythiaFile(`${V0}/winobias/intervene_7/410M`, '143000'));
    expect(winobias.report?.warnings.join(' ')).toMatch(/by a configuration file alone/);
    const rows = await scoresOf('crows_pairs_english_gender', 'pct_stereotype');
    const models = rows.map((row) => `${row.model}@${row.version}`);
    expect(new Set(models).size).toBe(models.length);
    expect(models.filter((model) => model.endsWith('@step71500'))).toHaveLength(2);
    const [pro] = await scoresOf('wino_bias_type1_pro', 'em');
    expect(pro).toMatchObject({ model: '410m-deduped', version: 'step143000' });
  });

  it('are told apart by their stated errors: no demonstrated difference in what the swap was to change', {
    timeout: 300_000,
  }, async ({ skip }) => {
    skip(NO_PYTHIA !== null, NO_PYTHIA ?? '');
    const told = await scoresOf('crows_pairs_english_gender', 'pct_stereotype');
    const runOf = (intervention: boolean, second: boolean) => {
      const row = told.find(
        ({ model, version }) =>
          model.includes('intervention') === intervention && (version === 'step143000') === second,
      );
      return row!.runId;
    };
    const context = requestContext(world.services, reporter);
    const pairs = await Promise.all(
      [true, false].map(async (second) => {
        const nodes = await nodesByIds(context, [runOf(false, second), runOf(true, second)]);
        return [nodes[0]!, nodes[1]!] as const;
      }),
    );
    const { rows, tested } = await compareScoresOfRuns(context, pairs, 'HOLM');
    // Two metrics of each pair; v0 and v1 are two pairs, of which neither is set against the other.
    expect(tested).toBe(4);
    const stereotypes = rows.filter(({ one }) => one.metric === 'pct_stereotype');
    expect(stereotypes.map(({ verdict }) => verdict)).toEqual([
      'NO_DEMONSTRATED_DIFFERENCE',
      'NO_DEMONSTRATED_DIFFERENCE',
    ]);
    expect(stereotypes[0]!.tested?.difference).toBeCloseTo(0.578125 - 0.5625, 12);
    // What the older files say of likelihoods differs by ten of its errors.
    const likelihoods = rows.filter(({ one }) => one.metric === 'likelihood_difference');
    expect(likelihoods.map(({ verdict }) => verdict)).toEqual([
      'NO_DEMONSTRATED_DIFFERENCE',
      'DEMONSTRATED_DIFFERENCE',
    ]);
  });

  it('makes nothing of the same files a second time', { timeout: 300_000 }, async ({ skip }) => {
    skip(NO_PYTHIA !== null, NO_PYTHIA ?? '');
    const path = pythiaFile(`${V1}/intervention`, 'step143000');
    const first = await bringIn(path);
    const before = await world.counts();
    expect((await bringIn(path)).id).toBe(first.id);
    // The same results in another file, with a blank behind them.
    const bytes = Buffer.concat([readFileSync(join(PYTHIA, path)), Buffer.from('\n')]);
    const again = await world.bringIn(reporter, bytes, path);
    expect(again.row.report?.recordedBefore).not.toBeNull();
    const after = await world.counts();
    expect({ ...after, import: 0, event: 0 }).toEqual({ ...before, import: 0, event: 0 });
  });
});
