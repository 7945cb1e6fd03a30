// `npm run bench:bulk -- --rows 240000 [--edges 800000] [--seed 1] [--batch 50000] [--record]`: lineage written in bulk, with 17 %
// of the rows said before, into a lineage of that size; and the floor, COPY of resolved ids into a table of the same
// columns and indexes without a trigger. Twice: rows of what is recorded last, as lineage grows, and rows between any
// two things, of which every batch must be searched for cycles among most of what there is.
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import pg from 'pg';
import { insertActor } from '../../../api/src/access/access.store.ts';
import { type Principal, ROLE_SCOPES } from '../../../api/src/access/viewer.ts';
import { bulkLayout } from '../../../api/src/interchange/bulk/bulk-format.ts';
import { BulkImports } from '../../../api/src/interchange/bulk/bulk-imports.ts';
import { mergeLineage, type NumberedEdge } from '../../../api/src/lineage/bulk/merge-lineage.ts';
import { ManyReferences } from '../../../api/src/lineage/bulk/resolve-many.ts';
import { APP_ROLE } from '../../../api/src/platform/embedded-postgres-roles.ts';
import { requestContext } from '../../../api/src/request-context.ts';
import { openServices } from '../../../api/src/services.ts';
import { Dice } from '../../access/world/dice.ts';
import { launch } from '../../testkit/global-setup.ts';
import { TOKEN_KEY } from '../../testkit/token-key.ts';
import { fill } from '../lineage/synthetic.ts';
import { atLeast, type Line } from '../measure.ts';
import { told } from '../record.ts';
import { Floor, type Nodes } from './floor.ts';

const { values } = parseArgs({
  options: {
    rows: { type: 'string', default: '240000' },
    edges: { type: 'string', default: '800000' },
    seed: { type: 'string', default: '1' },
    batch: { type: 'string', default: '50000' },
    record: { type: 'boolean', default: false },
  },
});
const [rows, wanted, seed, batch] = [values.rows, values.edges, values.seed, values.batch].map(Number) as [
  number,
  number,
  number,
  number,
];
const REPLAYED = 0.17;
const lineOf = ({ kind, downstream, upstream }: NumberedEdge) => ({ kind, downstream, upstream });
const rate = (count: number, ms: number) => (count / ms) * 1000;

const { server, stop } = await launch();
const at = `127.0.0.1:${server.port}/${server.template}`;
const superuserUrl = `postgresql://postgres:${server.superuser}@${at}`;
const appUrl = `postgresql://${APP_ROLE}:${server.app}@${at}`;
const folder = await mkdtemp(join(tmpdir(), 'headwater-bench-'));
try {
  told('bulk', { rows, edges: wanted, seed, batch }, await measured(), values.record);
} finally {
  await stop();
  await rm(folder, { recursive: true, force: true });
}
process.exit(0);

async function measured(): Promise<Line[]> {
  const world = await fill(superuserUrl, wanted, seed);
  console.info(`${world.edges} edges, ${world.nodes} nodes in ${Math.round(performance.now() / 1000)} s`);
  const admin = new pg.Client({ connectionString: superuserUrl });
  await admin.connect();
  // References name what has no versions without one.
  await admin.query(`set session_replication_role = replica;
    update node set version = null where kind in ('SOURCE', 'TRAINING_RUN', 'EVAL_RUN', 'INCIDENT');
    set session_replication_role = origin`);
  await admin.query('vacuum analyze node');
  const services = await openServices({
    databaseUrl: appUrl,
    dataFolder: folder,
    tokenKey: TOKEN_KEY,
    poolSize: 4,
  });
  try {
    const writer = await writerOf(services.db);
    const dice = new Dice(seed + 7);
    const said = new Set<string>();
    const recorded = await nodesBy(admin);
    const lines = await workload('recorded last', await withNew(admin, recorded));
    lines.push(...(await workload('between any two', { ...recorded, fresh: recorded.datasets })));
    return lines;

    /** In turns, batch by batch: what else the machine does falls on all three alike. */
    async function workload(name: string, known: Nodes): Promise<Line[]> {
      const first = linesOf(Math.ceil(rows * REPLAYED), known, dice, said, []);
      // Said in bulk by the same person, so that a replay finds what it says again.
      await throughFile(first, `${name}, first`);
      const floor = await Floor.make(admin, known);
      const spent = { floor: 0, ids: 0, text: 0 };
      let count = 0;
      for (let turn = 0; turn * batch < rows; turn += 1) {
        const size = Math.min(batch, rows - turn * batch);
        const forIds = linesOf(size, known, dice, said, first);
        spent.floor += await floor.copy(forIds);
        spent.ids += await byIds(forIds);
        spent.text += await throughFile(linesOf(size, known, dice, said, first), `${name} ${turn}`);
        count += size;
      }
      await floor.drop();
      const [copied, ids, text] = [spent.floor, spent.ids, spent.text].map((ms) => rate(count, ms)) as [
        number,
        number,
        number,
      ];
      const counts = name === 'recorded last';
      return [
        line(`${name}: resolved ids, COPY to staging and merge`, ids, copied, counts ? 0.6 : null),
        line(`${name}: text references, from the file`, text, copied, counts ? 0.3 : null),
      ];
    }

    async function throughFile(lines: readonly NumberedEdge[], name: string): Promise<number> {
      const path = join(folder, `${name}.jsonl`);
      await writeFile(path, lines.map((edge) => `${JSON.stringify(lineOf(edge))}\n`).join(''));
      const imports = new BulkImports(services, { batch });
      await imports.take(requestContext(services, writer), { path, name, layout: (await bulkLayout(path))! });
      const begun = performance.now();
      await imports.idle();
      const took = performance.now() - begun;
      const row = await admin.query('select status, progress, error from import order by id desc limit 1');
      const { status, progress, error } = row.rows[0];
      console.info(`${name}: ${progress.added} added, ${progress.held} held, ${Math.round(took)} ms`);
      if (status !== 'SUCCEEDED' || progress.refused > 0) throw new Error(`The file was not taken: ${error}`);
      return took;
    }

    async function byIds(lines: readonly NumberedEdge[]): Promise<number> {
      const db = await services.openBulk();
      const references = new ManyReferences(services.ids);
      const party = { teamId: writer.teamIds[0]!, actorId: writer.actorId };
      const refs = new Set(lines.flatMap((edge) => [edge.downstream, edge.upstream]));
      await references.refresh(db, writer);
      await references.learn(db, writer, refs);
      const begun = performance.now();
      await db.transaction(async () => {
        await references.refresh(db, writer);
        await mergeLineage(db, { viewer: writer, party }, references, lines);
      });
      const took = performance.now() - begun;
      await db.close();
      return took;
    }
  } finally {
    await services.close();
    await admin.end();
  }
}

function line(what: string, measured: number, floor: number, target: number | null): Line {
  const said = (n: number) => `${Math.round(n).toLocaleString('en')} rows/s`;
  return {
    what,
    measured: said(measured),
    against: `COPY of resolved ids ${said(floor)}`,
    figure: measured / floor,
    unit: '×',
    goal: target === null ? null : atLeast(target),
  };
}

async function writerOf(db: Parameters<typeof insertActor>[0]): Promise<Principal> {
  const { actorId, teamId } = await insertActor(db, {
    kind: 'PERSON',
    name: 'Writer',
    email: null,
    role: 'REPORTER',
  });
  return {
    kind: 'principal',
    actorId,
    actorKind: 'PERSON',
    name: 'Writer',
    role: 'REPORTER',
    teamIds: [teamId],
    scopes: new Set(ROLE_SCOPES.REPORTER),
    sessionId: null,
    tokenId: null,
  };
}

/** Dataset versions recorded after all others: one for each three rows, as in what was measured before. */
async function withNew(admin: pg.Client, recorded: Omit<Nodes, 'fresh'>): Promise<Nodes> {
  await admin.query(`set session_replication_role = replica;
    insert into node (kind, name, version, visibility, team_id, actor_id)
      select 'DATASET_VERSION', 'fresh-' || i, '1', 'PUBLIC', 1, 1 from generate_series(1, ${Math.ceil(rows * 0.7)}) i;
    set session_replication_role = origin`);
  await admin.query('vacuum analyze node');
  const { datasets, sources } = await nodesBy(admin);
  return { datasets, sources, fresh: datasets.slice(recorded.datasets.length) };
}

async function nodesBy(admin: pg.Client): Promise<Omit<Nodes, 'fresh'>> {
  const named = async (kind: string, ref: string) =>
    (
      await admin.query<{ id: string; ref: string }>(
        `select id, ${ref} as ref from node where kind = $1 order by id`,
        [kind],
      )
    ).rows.map(({ id, ref: as }) => ({ id: Number(id), ref: as }));
  return {
    datasets: await named('DATASET_VERSION', `'dataset:' || name || '@' || version`),
    sources: await named('SOURCE', `'source:' || name`),
  };
}

/** Edges that nobody says yet, but for a share of `replayed`, each leading to what was recorded before. */
function linesOf(
  count: number,
  { datasets, sources, fresh }: Nodes,
  dice: Dice,
  said: Set<string>,
  replayed: readonly NumberedEdge[],
): NumberedEdge[] {
  const lines: NumberedEdge[] = [];
  while (lines.length < count) {
    if (replayed.length > 0 && dice.chance(REPLAYED)) {
      lines.push({ ...dice.pick(replayed), line: lines.length + 1 });
      continue;
    }
    let [down, up] = [dice.pick(fresh), dice.pick(dice.chance(0.5) ? sources : datasets)];
    while (down.id <= up.id || said.has(`${down.ref} ${up.ref}`))
      [down, up] = [dice.pick(fresh), dice.pick(dice.chance(0.5) ? sources : datasets)];
    const [downstream, upstream] = [down.ref, up.ref];
    said.add(`${downstream} ${upstream}`);
    const none = { amount: null, unit: null, occurredAt: null };
    lines.push({ line: lines.length + 1, kind: 'DERIVED_FROM', downstream, upstream, ...none });
  }
  return lines;
}
