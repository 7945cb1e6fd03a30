// Rows that are kept as they are for those who see them until a transaction ends. Who narrows a thing writes it first and
// what rests on it after, so whoever is to write what rests on it holds it, and the one waits for the other.
import { Prisma } from '../generated/prisma/client.ts';
import type { VisibilityWord } from '../lineage/node.ts';
import type { Tx } from '../platform/database.ts';
import type { Shareable } from './sharing.ts';

/** How wide something is, and by whose word. */
export interface Held {
  visibility: VisibilityWord;
  teamId: bigint;
}

const HELD = Prisma.sql`x.visibility::text as visibility, x.team_id as "teamId"`;

/** Nodes as they are by now, which are not shown to fewer until the transaction ends. */
export const holdNodes = (tx: Tx, ids: readonly bigint[]) =>
  tx.$queryRaw<Held[]>`
    select ${HELD} from node x where x.id = any(${[...ids]}::bigint[]) order by x.id for share`;

/** Keeps nodes to oneself, for who may see them to be changed. */
export async function holdToMove(tx: Tx, ids: readonly bigint[]): Promise<void> {
  await tx.$queryRaw`select from node x where x.id = any(${[...ids]}::bigint[]) order by x.id for no key update`;
}

/** The same as `holdNodes` of an evaluation version and its evaluation. */
export async function holdEvaluationVersion(tx: Tx, id: bigint): Promise<Held[]> {
  const rows = await tx.$queryRaw<(Held & { above: VisibilityWord; aboveTeamId: bigint })[]>`
    select ${HELD}, e.visibility::text as above, e.team_id as "aboveTeamId"
    from evaluation_version x join evaluation e on e.id = x.evaluation_id where x.id = ${id} for share of e, x`;
  return rows.flatMap(({ above, aboveTeamId, ...version }) => [
    version,
    { visibility: above, teamId: aboveTeamId },
  ]);
}

/** The same of a dataset or model, by its name; null where there is none. */
export async function holdFamily(
  tx: Tx,
  table: 'dataset' | 'model',
  namespace: string,
  name: string,
): Promise<Held | null> {
  const [row] = await tx.$queryRaw<Held[]>`
    select ${HELD} from ${Prisma.raw(table)} x where x.namespace = ${namespace} and x.name = ${name} for share`;
  return row ?? null;
}

const family = (table: 'dataset' | 'model', id: bigint) => [
  Prisma.sql`select from ${Prisma.raw(table)} p join ${Prisma.raw(`${table}_version`)} v
    on v.${Prisma.raw(`${table}_id`)} = p.id where v.node_id = ${id} for share of p`,
];

/** What each kind of thing is to be seen no more widely than, in the order in which a narrowing goes through it. */
const ABOVE: Partial<Record<Shareable, (id: bigint) => Prisma.Sql[]>> = {
  DatasetVersion: (id) => family('dataset', id),
  ModelVersion: (id) => family('model', id),
  EvalRun: (id) => [
    Prisma.sql`select from eval_run r join evaluation_version v on v.id = r.evaluation_version_id
      join evaluation e on e.id = v.evaluation_id where r.node_id = ${id} for share of e, v`,
    Prisma.sql`select from node m where m.kind = 'MODEL_VERSION' and m.id in (
      select e.upstream from edge e where e.downstream = ${id} and e.kind = 'EVALUATED' and e.retracted_at is null)
      order by m.id for share`,
  ],
};

/** Keeps a thing in `table` to oneself, for who may see it to be changed; what it is to be no wider than, as it is. */
export async function holdToShare(tx: Tx, type: Shareable, table: string, id: bigint): Promise<void> {
  for (const above of ABOVE[type]?.(id) ?? []) await tx.$queryRaw(above);
  await tx.$queryRaw`select from ${Prisma.raw(table)} x where x.id = ${id} for no key update`;
}
