// On what outcomes rest that were said before it was kept: on all that held then, whoever sees it.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type By, databaseBefore, type OlderDatabase } from './before-migration.ts';

const MENDING = '20261206100000_keep_what_verdicts_rest_on';
let database: OlderDatabase;
let lab: By;
let behavior: number;
let version: number;

function insert(table: string, values: Record<string, unknown>, by: By | null = lab): Promise<number> {
  const columns = { ...values, ...(by === null ? {} : { team_id: by.teamId, actor_id: by.actorId }) };
  const names = Object.keys(columns);
  const places = names.map((_, i) => `$${i + 1}`);
  return database.one(
    `insert into ${table} (${names.join(', ')}) values (${places.join(', ')})`,
    Object.values(columns),
  );
}

interface Measured {
  run: number;
  measurement: number;
  file: number | null;
}

/** A run with a measurement; with samples of which it is told what was given, where they were read from a file. */
async function measured(name: string, file: 'with digests' | 'without' | null = null): Promise<Measured> {
  const visibility = 'MEMBERS';
  const run = await insert('node', { kind: 'EVAL_RUN', name, visibility });
  const brought =
    file === null
      ? null
      : await insert('import', {
          ...{ format: 'inspect-json', file_name: name, digest: name, bytes: 1, status: 'SUCCEEDED' },
          visibility: 'TEAM',
        });
  await database.client.query(
    'insert into eval_run (node_id, evaluation_version_id, import_id) values ($1, $2, $3)',
    [run, version, brought],
  );
  if (file !== null)
    await insert(
      'eval_sample',
      {
        ...{ eval_run_id: run, sample_id: 's', epoch: 1, scores: '{}', outcomes: '{}' },
        input_digest: file === 'with digests' ? `messages:${'0'.repeat(64)}` : null,
      },
      null,
    );
  const measurement = await insert('measurement', {
    ...{ eval_run_id: run, behavior_id: behavior, exhibited: 1, not_exhibited: 1, rate: 0.5, visibility },
  });
  return { run, measurement, file: brought };
}

const rule = (baselines: readonly Measured[]) =>
  insert('regression_rule', {
    ...{
      title: 'A rise',
      behavior_id: behavior,
      model_family: '*',
      kind: baselines.length > 0 ? 'RISE' : 'THRESHOLD',
    },
    ...(baselines.length > 0 ? { alpha: 0.05 } : { threshold: 0.2 }),
    baseline_ids: baselines.map(({ measurement }) => measurement),
  });
const outcome = (of: number, one: Measured, baseline: Measured | null) =>
  insert('regression_outcome', {
    ...{
      regression_rule_id: of,
      measurement_id: one.measurement,
      baseline_id: baseline?.measurement ?? null,
    },
    verdict: 'NO_HIT',
  });
async function testedOn({ run }: Measured, name: string): Promise<number> {
  const upstream = await insert('node', { kind: 'DATASET_VERSION', name, version: '1', visibility: 'TEAM' });
  return insert('edge', { kind: 'TESTED_ON', downstream: run, upstream, visibility: 'TEAM' });
}

const made: Record<string, number> = {};
const edges: Record<string, number> = {};
let files: (number | null)[];
beforeAll(async () => {
  database = await databaseBefore(MENDING);
  lab = await database.person('lab');
  behavior = await insert('behavior', { name: 'b', title: 'B', visibility: 'MEMBERS' });
  const evaluation = await insert('evaluation', { name: 'e', visibility: 'MEMBERS' });
  version = await insert('evaluation_version', {
    ...{ evaluation_id: evaluation, version: '1', visibility: 'MEMBERS' },
  });
  const baselines = [await measured('first', 'with digests'), await measured('second')];
  const [one, other] = [await measured('one', 'with digests'), await measured('other', 'without')];
  edges.first = await testedOn(baselines[0]!, 'd0');
  edges.gone = await testedOn(baselines[1]!, 'd1');
  edges.one = await testedOn(one, 'd2');
  await database.client.query(
    `update edge set retracted_at = now(), retracted_by = $2, retraction_reason = 'So.' where id = $1`,
    [edges.gone, lab.actorId],
  );
  const rises = await rule(baselines);
  made.one = await outcome(rises, one, baselines[0]!);
  made.other = await outcome(rises, other, baselines[1]!);
  made.threshold = await outcome(await rule([]), one, null);
  edges.late = await testedOn(one, 'd3');
  files = [baselines[0]!.file, one.file];
  expect(await database.migrate()).toContain(MENDING);
}, 120_000);
afterAll(() => database.close());

const restsOn = async (name: string) => {
  const { rows } = await database.client.query<{ edges: string[]; files: string[] }>(
    'select tested_on_ids as edges, import_ids as files from regression_outcome where id = $1',
    [made[name]],
  );
  return { edges: rows[0]!.edges.map(Number), files: rows[0]!.files.map(Number) };
};

describe('what was said before it was kept on what it rests', () => {
  it('rests on what either run was tested on as it held then, and on the files of both', async () => {
    expect(await restsOn('one')).toEqual({ edges: [edges.first, edges.one], files });
  });

  it('rests on no file where one of them tells of no sample what was given', async () => {
    expect(await restsOn('other')).toEqual({ edges: [edges.first], files: [] });
  });

  it('rests on nothing more where it is of a threshold', async () => {
    expect(await restsOn('threshold')).toEqual({ edges: [], files: [] });
  });

  it('cannot be changed afterwards', async () => {
    await expect(
      database.client.query(`update regression_outcome set tested_on_ids = '{}' where id = $1`, [made.one]),
    ).rejects.toThrow();
  });
});
