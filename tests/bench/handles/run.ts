// `npm run bench:handles -- --handles 10000000 [--versions 20] [--batch 50000] [--rounds 300]`: document handles by the
// million, brought in through the import of files; what a row takes, and how long a look-up takes each way.
import { createHash } from 'node:crypto';
import { mkdtemp, open, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import pg from 'pg';
import { insertActor } from '../../../api/src/access/access.store.ts';
import { type Principal, ROLE_SCOPES } from '../../../api/src/access/viewer.ts';
import {
  documentOf,
  documentsOf,
  documentsSeen,
  documentsWithDigest,
} from '../../../api/src/dataset/documents/read-documents.ts';
import { bulkLayout } from '../../../api/src/interchange/bulk/bulk-format.ts';
import { BulkImports } from '../../../api/src/interchange/bulk/bulk-imports.ts';
import { APP_ROLE } from '../../../api/src/platform/embedded-postgres-roles.ts';
import { requestContext } from '../../../api/src/request-context.ts';
import { openServices } from '../../../api/src/services.ts';
import { Dice } from '../../access/world/dice.ts';
import { launch } from '../../testkit/global-setup.ts';
import { TOKEN_KEY } from '../../testkit/token-key.ts';
import { type Line, Times } from '../measure.ts';
import { told } from '../record.ts';

const { values } = parseArgs({
  options: {
    handles: { type: 'string', default: '1000000' },
    versions: { type: 'string', default: '20' },
    batch: { type: 'string', default: '50000' },
    rounds: { type: 'string', default: '300' },
    record: { type: 'boolean', default: false },
  },
});
const [handles, versions, batch, rounds] = [values.handles, values.versions, values.batch, values.rounds].map(
  Number,
) as [number, number, number, number];
/** Lines of one file; a tenth of them say a step, too. */
const FILE = 1_000_000;
const SEEN = 10;
/** A document in so many is also in another version. */
const COPIED = 100;

const { server, stop } = await launch();
const at = `127.0.0.1:${server.port}/${server.template}`;
const superuserUrl = `postgresql://postgres:${server.superuser}@${at}`;
const appUrl = `postgresql://${APP_ROLE}:${server.app}@${at}`;
const folder = await mkdtemp(join(tmpdir(), 'headwater-bench-'));
try {
  told('handles', { handles, versions }, await measured(), values.record);
} finally {
  await stop();
  await rm(folder, { recursive: true, force: true });
}
process.exit(0);

function each(): number {
  return Math.ceil(handles / versions);
}

function versionOf(i: number): number {
  return Math.floor(i / each());
}

function sha(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

/** The document of a place, as ids are: 36 characters as of a UUID. */
function idOf(i: number): string {
  const hex = sha(`id ${i}`);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20, 32)}`;
}

/** One in a hundred has the bytes of the one at the same place of the version before. */
function digestOf(i: number): string {
  return sha(`text ${i % COPIED === 0 && i >= each() ? i - each() : i}`);
}

async function measured(): Promise<Line[]> {
  const services = await openServices({
    databaseUrl: appUrl,
    dataFolder: folder,
    tokenKey: TOKEN_KEY,
    poolSize: 4,
  });
  const admin = new pg.Client({ connectionString: superuserUrl });
  await admin.connect();
  admin.on('error', () => undefined);
  const made = await insertActor(services.db, {
    kind: 'PERSON',
    name: 'Writer',
    email: null,
    role: 'REPORTER',
  });
  const writer: Principal = {
    kind: 'principal',
    actorId: made.actorId,
    actorKind: 'PERSON',
    name: 'Writer',
    role: 'REPORTER',
    teamIds: [made.teamId],
    scopes: new Set(ROLE_SCOPES.REPORTER),
    sessionId: null,
    tokenId: null,
  };
  await admin.query(`set session_replication_role = replica;
    insert into node (id, kind, name, version, visibility, team_id, actor_id)
      select i + 1, 'DATASET_VERSION', 'd' || i, '1', 'MEMBERS', ${made.teamId}, ${made.actorId}
      from generate_series(0, ${versions - 1}) i;
    insert into dataset (id, name, team_id, actor_id) values (1, 'd', ${made.teamId}, ${made.actorId});
    insert into dataset_version (node_id, dataset_id) select id, 1 from node;
    insert into node (id, kind, name, visibility, team_id, actor_id)
      values (100000, 'TRAINING_RUN', 'run', 'MEMBERS', ${made.teamId}, ${made.actorId});
    set session_replication_role = origin`);

  const begun = performance.now();
  let loading = 0;
  for (let from = 0; from < handles; from += FILE) {
    const until = Math.min(handles, from + FILE);
    const path = join(folder, 'handles.csv');
    await write(path, from, until);
    const imports = new BulkImports(services, { batch });
    const layout = (await bulkLayout(path))!;
    await imports.take(requestContext(services, writer), { path, name: 'handles.csv', layout });
    const started = performance.now();
    await imports.idle();
    const took = performance.now() - started;
    loading += took;
    const { rows } = await admin.query('select status, error, progress from import order by id desc limit 1');
    const { status, error, progress } = rows[0];
    if (status !== 'SUCCEEDED' || progress.added !== until - from) throw new Error(`${status}: ${error}`);
    console.info(`${until} handles: ${rate(until - from, took)} for the last ${until - from}`);
  }
  console.info(
    `loaded ${handles} handles: ${rate(handles, loading)} (${seconds(performance.now() - begun)} in all)`,
  );
  await admin.query('analyze document_handle; analyze document_sighting');
  await admin.query('checkpoint');
  const lines = [
    {
      what: 'document handles loaded, from the file',
      measured: seconds(loading),
      against: `${handles.toLocaleString('en')} handles`,
      figure: handles / loading,
      unit: 'k rows/s',
      goal: null,
    },
    ...(await sizes(admin)),
    ...(await lookUps(services, writer)),
  ];
  await admin.end();
  await services.close();
  return lines;
}

function rate(count: number, ms: number): string {
  return `${Math.round((count / ms) * 1000).toLocaleString('en')} rows/s`;
}

function seconds(ms: number): string {
  return `${Math.round(ms / 1000)} s`;
}

async function write(path: string, from: number, until: number): Promise<void> {
  const file = await open(path, 'w');
  let text = 'dataset,document,digest,trainingRun,step\n';
  for (let i = from; i < until; i += 1) {
    const seen = i % SEEN === 0 ? `training-run:run,${Math.floor(i / 1_000)}` : ',';
    text += `dataset:d${versionOf(i)}@1,${idOf(i)},${digestOf(i)},${seen}\n`;
    if (text.length < 1_000_000) continue;
    await file.write(text);
    text = '';
  }
  await file.write(text);
  await file.close();
}

/** Bytes of a row, and what 10⁹ of them would take. */
async function sizes(admin: pg.Client): Promise<Line[]> {
  const { rows } = await admin.query<{
    name: string;
    rows: string;
    heap: string;
    keys: string;
    found: string;
  }>(`
    select p.relname as name, sum(c.reltuples)::bigint as rows, sum(pg_relation_size(c.oid))::bigint as heap,
      sum((select pg_relation_size(i.indexrelid) from pg_index i where i.indrelid = c.oid and i.indisprimary))::bigint as keys,
      sum((select pg_relation_size(i.indexrelid) from pg_index i where i.indrelid = c.oid and not i.indisprimary))::bigint as found
    from pg_class p join pg_inherits h on h.inhparent = p.oid join pg_class c on c.oid = h.inhrelid
    where p.relname in ('document_handle', 'document_sighting') and c.relkind = 'r' group by 1 order by 1`);
  return rows.map(({ name, rows: count, heap, keys, found }) => {
    const per = (bytes: number) => bytes / Number(count);
    const [ofTable, ofKey, ofOther] = [heap, keys, found].map((bytes) => per(Number(bytes)));
    const figure = ofTable! + ofKey! + ofOther!;
    return {
      what: `${name}: bytes a row, its indexes too`,
      measured: `table ${ofTable!.toFixed(1)}, key ${ofKey!.toFixed(1)}, other index ${ofOther!.toFixed(1)}`,
      against: `${count} rows; 10⁹ would take ${Math.round((figure * 1e9) / 2 ** 30)} GiB`,
      figure,
      unit: ' B',
      goal: null,
    };
  });
}

async function lookUps(services: Parameters<typeof requestContext>[0], writer: Principal): Promise<Line[]> {
  const lines: Line[] = [];
  const dice = new Dice(11);
  const ways: Record<string, (i: number) => Promise<boolean>> = {
    'by digest, all versions': async (i) => {
      const { nodes } = await documentsWithDigest(requestContext(services, writer), digestOf(i), {});
      return nodes.some((row) => row.document === idOf(i));
    },
    'by version and id': async (i) =>
      (await documentOf(requestContext(services, writer), BigInt(versionOf(i) + 1), idOf(i))) !== null,
    'by version and the beginning of an id': async (i) => {
      const idPrefix = idOf(i).slice(0, 9);
      const context = requestContext(services, writer);
      const { nodes } = await documentsOf(context, BigInt(versionOf(i) + 1), { idPrefix }, {});
      return nodes.some((row) => row.document === idOf(i));
    },
    'by run and a range of ten steps': async (i) => {
      const fromStep = BigInt(Math.floor(i / 1_000));
      const steps = { fromStep, toStep: fromStep + 10n };
      const { nodes } = await documentsSeen(requestContext(services, writer), 100_000n, steps, {
        first: 100,
      });
      return nodes.length > 0;
    },
  };
  for (const [name, find] of Object.entries(ways)) {
    const times = new Times();
    for (let round = 0; round < rounds + 20; round += 1) {
      const i = dice.below(handles);
      const found = round < 20 ? await find(i) : await times.of(() => find(i));
      if (!found) throw new Error(`Not found ${name}: ${i}.`);
    }
    const measured = `${times.told} ms (p50 / p90)`;
    const figure = times.at(0.5);
    lines.push({ what: `look-up ${name}`, measured, against: '–', figure, unit: ' ms', goal: null });
  }
  return lines;
}
