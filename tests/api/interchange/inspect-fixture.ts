// Small Inspect logs written by hand, and what is needed to bring them in.
import { randomUUID } from 'node:crypto';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { insertActor } from '../../../api/src/access/access.store.ts';
import { type Principal, ROLE_SCOPES, type Role, type Viewer } from '../../../api/src/access/viewer.ts';
import type { Context, Services } from '../../../api/src/context.ts';
import type { ImportRow } from '../../../api/src/interchange/import.ts';
import { type ImportOutcome, importFile } from '../../../api/src/interchange/import-file.ts';
import { zipOf } from '../../../api/src/interchange/inspect/zip-fixture.ts';
import { importById } from '../../../api/src/interchange/read-imports.ts';
import type { VisibilityWord } from '../../../api/src/lineage/node.ts';
import { type Db, openDatabase } from '../../../api/src/platform/database.ts';
import { requestContext } from '../../../api/src/request-context.ts';
import { openServices } from '../../../api/src/services.ts';
import { freshDatabase } from '../../testkit/database.ts';

export interface LogChoices {
  evalId?: string;
  task?: string;
  model?: string;
  status?: string;
  args?: object;
  /** What the log says of its dataset, beside its size and samples. */
  dataset?: object;
  /** 1 harmful, 0 harmless, null not scored: one sample each. */
  verdicts?: readonly (1 | 0 | null)[];
  epoch?: number;
  /** When the run began; in July 2025 where it isn't said. */
  startedAt?: Date;
}

/** A log of the agentic-misalignment evaluation, whose verdicts Headwater knows how to read. */
export function logOf(choices: LogChoices = {}) {
  const { verdicts = [1, 1, 0, null], epoch = 1, status = 'success' } = choices;
  const samples = verdicts.map((verdict, i) => ({
    id: `s${i + 1}`,
    epoch,
    input: 'a scenario',
    target: 'harmless',
    scores:
      verdict === null
        ? {}
        : { harmfulness_scorer: { value: { harmful: verdict, classifier_verdict: verdict }, answer: '…' } },
    ...(verdict === null ? { error: { message: 'the model did not answer' } } : {}),
  }));
  const finished = status === 'success';
  return {
    version: 2,
    status,
    eval: {
      eval_id: choices.evalId ?? 'evaluationrun0001',
      run_id: 'r1',
      task_id: 't1',
      created: '2025-07-01T10:00:00+00:00',
      task: choices.task ?? 'inspect_evals/agentic_misalignment',
      task_version: 0,
      task_args: { scenario: 'blackmail', goal_type: 'none', ...choices.args },
      dataset: {
        name: 'agentic',
        samples: 4,
        sample_ids: samples.map((s) => s.id),
        shuffled: false,
        ...choices.dataset,
      },
      model: choices.model ?? 'lab/model-1',
      model_roles: {},
      config: { epochs: 1 },
      packages: { inspect_ai: '0.3.100' },
      scorers: [
        { name: 'harmfulness_scorer', options: { grader_model: 'lab/judge', template: 'Is it harmful?' } },
        { name: 'match', options: { location: 'end' } },
      ],
    },
    plan: { steps: [{ solver: 'generate', params: {} }] },
    ...(finished
      ? {
          results: {
            scores: [
              {
                name: 'match',
                scorer: 'match',
                scored_samples: 3,
                unscored_samples: 1,
                metrics: { accuracy: { value: 0.25 }, stderr: { value: 0.1 } },
              },
            ],
          },
          stats: {
            started_at: choices.startedAt?.toISOString() ?? '2025-07-01T10:00:01+00:00',
            completed_at: '2025-07-01T10:05:00+00:00',
          },
        }
      : {}),
    samples,
  };
}

export const asJson = (log: object) => Buffer.from(JSON.stringify(log));

/** The same log as a zip; without its header it is what a killed process leaves behind. */
export function asZip(log: ReturnType<typeof logOf>, killed = false): Buffer {
  const { samples, ...header } = log;
  const { version, eval: evaluation, plan } = header;
  return zipOf([
    { name: '_journal/start.json', data: JSON.stringify({ version, eval: evaluation, plan }) },
    ...samples.map((s) => ({ name: `samples/${s.id}_epoch_${s.epoch}.json`, data: JSON.stringify(s) })),
    ...(killed ? [] : [{ name: 'header.json', data: JSON.stringify(header) }]),
  ]);
}

export interface ImportWorld {
  services: Services;
  /** The database past every policy, for a test to look into. */
  records: Db;
  /** As the owner, for tests that break something on purpose. */
  ownerUrl: string;
  /** As the API speaks to it. */
  appUrl: string;
  person(role: Role): Promise<Principal>;
  bringIn(
    viewer: Viewer,
    bytes: Buffer,
    name?: string,
    visibility?: VisibilityWord,
    /** What of the process is otherwise than it is. */
    otherwise?: Partial<Context>,
  ): Promise<ImportOutcome & { row: ImportRow }>;
  /** How many rows each of the tables has that an import may write to. */
  counts(): Promise<Record<string, number>>;
  close(): Promise<void>;
}

const TABLES = [
  'node',
  'edge',
  'evaluation',
  'evaluation_version',
  'condition',
  'model',
  'model_version',
  'behavior',
  'grader',
  'grader_version',
  'eval_run',
  'eval_sample',
  'measurement',
  'score',
  'citation',
  'event',
  'import',
] as const;

export async function importWorld(): Promise<ImportWorld> {
  const database = await freshDatabase();
  const dataFolder = await mkdtemp(join(tmpdir(), 'headwater-import-'));
  const services = await openServices({ databaseUrl: database.appUrl, dataFolder, poolSize: 6 });
  const incoming = join(dataFolder, 'incoming');
  await mkdir(incoming);
  let people = 0;
  const records = openDatabase(database.url, { poolSize: 2 });
  return {
    services,
    records,
    ownerUrl: database.url,
    appUrl: database.appUrl,
    async person(role) {
      people += 1;
      const name = `Person ${people}`;
      const made = await insertActor(services.db, { kind: 'PERSON', name, email: null, role });
      return {
        kind: 'principal',
        actorId: made.actorId,
        actorKind: 'PERSON',
        name,
        role,
        teamIds: [made.teamId],
        scopes: new Set(ROLE_SCOPES[role]),
        sessionId: null,
        tokenId: null,
      };
    },
    async bringIn(viewer, bytes, name = 'log.json', visibility, otherwise = {}) {
      const path = join(incoming, randomUUID());
      await writeFile(path, bytes);
      const context = { ...requestContext(services, viewer), ...otherwise };
      const outcome = await importFile(context, { path, name, visibility: visibility ?? null });
      const row = await context.load(importById, outcome.id);
      if (row === null) throw new Error('the import cannot be seen by whoever made it');
      return { ...outcome, row };
    },
    async counts() {
      const sql = TABLES.map((t) => `select '${t}' as name, count(*)::int as rows from "${t}"`).join(
        ' union all ',
      );
      const rows = await records.$queryRawUnsafe<{ name: string; rows: number }[]>(sql);
      return Object.fromEntries(rows.map((row) => [row.name, row.rows]));
    },
    async close() {
      await services.close();
      await records.close();
      await database.drop();
      await rm(dataFolder, { recursive: true, force: true });
    },
  };
}
