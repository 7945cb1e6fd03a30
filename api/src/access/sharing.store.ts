// Who may see what. Visibility and audience run through the tables of every slice, so this store writes both there.

import { Prisma } from '../generated/prisma/client.ts';
import type { ActorRow } from '../lineage/records.ts';
import { contains } from '../platform/contains.ts';
import type { Db, Tx } from '../platform/database.ts';
import { holdToShare } from './held.store.ts';
import type { Shareable, Shared } from './sharing.ts';
import type { Viewer } from './viewer.ts';
import { visible } from './visibility.ts';

type Reader = Pick<Db | Tx, '$queryRaw'>;
type Ids = readonly bigint[];

/** Where each kind of thing has its visibility, and what its row must be there. */
const HELD_IN: Readonly<Record<Shareable, { table: string; kind?: string; ofIncident?: true }>> = {
  Incident: { table: 'node', kind: 'INCIDENT' },
  Source: { table: 'node', kind: 'SOURCE' },
  DatasetVersion: { table: 'node', kind: 'DATASET_VERSION' },
  ModelVersion: { table: 'node', kind: 'MODEL_VERSION' },
  EvalRun: { table: 'node', kind: 'EVAL_RUN' },
  Dataset: { table: 'dataset' },
  Model: { table: 'model' },
  Evaluation: { table: 'evaluation' },
  Evidence: { table: 'evidence', ofIncident: true },
  Hypothesis: { table: 'hypothesis', ofIncident: true },
};

/** Who may see each of the things, of those that the viewer may see. */
export async function selectShared(db: Reader, viewer: Viewer, type: Shareable, ids: Ids): Promise<Shared[]> {
  const { table, kind, ofIncident } = HELD_IN[type];
  const ofKind = kind === undefined ? Prisma.sql`true` : Prisma.sql`x.kind = ${kind}::node_kind`;
  const parent =
    ofIncident === undefined
      ? Prisma.sql`true`
      : Prisma.sql`exists (select 1 from node n where n.id = x.incident_id and ${visible(viewer, 'n')})`;
  const rows = await db.$queryRaw<Omit<Shared, 'type'>[]>`
    select x.id, x.visibility::text as visibility, x.team_id as "teamId", x.actor_id as "actorId",
      x.audience_id as "audienceId", a.embargoed_until as "embargoedUntil"
    from ${Prisma.raw(table)} x left join audience a on a.id = x.audience_id
    where x.id = any(${[...ids]}::bigint[]) and ${ofKind} and ${parent} and ${visible(viewer, 'x')}`;
  return rows.map((row) => ({ type, ...row }));
}

/**
 * The same of one thing that is to be shared otherwise: nobody else does that until the transaction ends, nor shows what it
 * is to be no wider than to fewer. It is asked again once it is held, as others may have moved it meanwhile.
 */
export async function holdShared(
  tx: Tx,
  viewer: Viewer,
  type: Shareable,
  id: bigint,
): Promise<Shared | null> {
  const [seen] = await selectShared(tx, viewer, type, [id]);
  if (seen === undefined) return null;
  await holdToShare(tx, type, HELD_IN[type].table, id);
  const [held] = await selectShared(tx, viewer, type, [id]);
  return held ?? null;
}

/** The people named in each audience, in the order in which they were; owners count as named without being so. */
export async function selectNamed(
  db: Reader,
  audienceIds: Ids,
): Promise<(ActorRow & { audienceId: bigint })[]> {
  return db.$queryRaw<(ActorRow & { audienceId: bigint })[]>`
    select m.audience_id as "audienceId", a.id, a.kind::text as kind, a.name
    from audience_member m join actor a on a.id = m.actor_id
    where m.audience_id = any(${[...audienceIds]}::bigint[]) and not m.as_owner order by m.created_at, a.id`;
}

/** People and services that can be named, by a part of their name. */
export async function selectPeopleLike(db: Reader, search: string, most: number): Promise<ActorRow[]> {
  const pattern = contains(search);
  return db.$queryRaw<ActorRow[]>`
    select a.id, a.kind::text as kind, a.name from actor a
    where a.kind in ('PERSON', 'SERVICE') and a.disabled_at is null and a.name ilike ${pattern}
    order by length(a.name), a.name, a.id limit ${most}`;
}

/** Those of the ids that are people or services who can be named. */
export async function selectNameable(db: Reader, ids: Ids): Promise<Set<bigint>> {
  const rows = await db.$queryRaw<{ id: bigint }[]>`
    select id from actor where id = any(${[...ids]}::bigint[]) and kind in ('PERSON', 'SERVICE') and disabled_at is null`;
  return new Set(rows.map((row) => row.id));
}

/**
 * Gives the thing an audience of its own, unless it has one that is not also its parent's, whose people it begins
 * with; answers its id. Whoever owns the thing counts as named in it.
 */
export async function ownAudience(
  tx: Tx,
  by: { teamId: bigint; actorId: bigint },
  thing: Shared,
): Promise<bigint> {
  const own = thing.audienceId !== null && !(await isInherited(tx, thing)) ? thing.audienceId : null;
  const id = own ?? (await insertAudience(tx, by));
  await tx.$executeRaw`
    insert into audience_member (audience_id, actor_id, added_by, as_owner, created_at)
    select ${id}::bigint, m.actor_id, m.added_by, m.as_owner, m.created_at
    from audience_member m where m.audience_id = ${thing.audienceId} on conflict do nothing`;
  await tx.$executeRaw`
    insert into audience_member (audience_id, actor_id, added_by, as_owner)
    values (${id}, ${thing.actorId}, ${by.actorId}, true) on conflict do nothing`;
  return id;
}

async function insertAudience(tx: Tx, by: { teamId: bigint; actorId: bigint }): Promise<bigint> {
  const [made] = await tx.$queryRaw<[{ id: bigint }]>`
    insert into audience (team_id, actor_id) values (${by.teamId}, ${by.actorId}) returning id`;
  return made.id;
}

/** Things of kinds that hold an audience of their own: what is below the thing itself has its audience, too. */
const OTHERS: Readonly<Record<'version' | 'run', readonly string[]>> = {
  version: ['INCIDENT', 'SOURCE', 'DATASET_VERSION', 'MODEL_VERSION'],
  run: [
    'INCIDENT',
    'SOURCE',
    'DATASET_VERSION',
    'MODEL_VERSION',
    'TRANSFORMATION',
    'TRAINING_RUN',
    'EVAL_RUN',
  ],
};

/**
 * Whether the audience of a thing is another thing's, to be changed with that alone: also where the one is no longer said of
 * the other, nor seen with it.
 */
async function isInherited(tx: Tx, { type, id, audienceId }: Shared): Promise<boolean> {
  const [audience] = await tx.$queryRaw<[{ unshared: boolean }]>`
    select is_unshared(${audienceId}::bigint) as unshared`;
  if (audience.unshared) return true;
  const others = type === 'EvalRun' ? 'run' : type.endsWith('Version') ? 'version' : null;
  if (others !== null) {
    const [row] = await tx.$queryRaw<[{ inherited: boolean }]>`
      select exists (select from node x where x.audience_id = ${audienceId} and x.id <> ${id}
          and x.kind = any(${[...OTHERS[others]]}::node_kind[]))
        ${Prisma.join(
          ['dataset', 'model', 'evaluation', 'evaluation_version'].map(
            (table) =>
              Prisma.sql`or exists (select from ${Prisma.raw(table)} x where x.audience_id = ${audienceId})`,
          ),
          ' ',
        )} as inherited`;
    return row.inherited;
  }
  if (type !== 'Evidence' && type !== 'Hypothesis') return false;
  const table = Prisma.raw(HELD_IN[type].table);
  const [row] = await tx.$queryRaw<[{ inherited: boolean }]>`
    select exists (select 1 from ${table} x join node n on n.id = x.incident_id
      where x.id = ${id} and n.audience_id = ${audienceId}) as inherited`;
  return row.inherited;
}

/** Tells that an incident changed on the moment when more people see it. */
export async function markOpened(tx: Tx, incidentId: bigint): Promise<void> {
  await tx.$executeRaw`update incident set updated_at = now() where node_id = ${incidentId}`;
}

/**
 * `people` null leaves those named as they are, and no `embargoedUntil` the embargo; owners stay in any case. Answers how many
 * are named who were not.
 */
export async function setAudience(
  tx: Tx,
  audienceId: bigint,
  by: { actorId: bigint },
  people: Ids | null,
  embargoedUntil: Date | null | undefined,
): Promise<number> {
  if (embargoedUntil !== undefined)
    await tx.$executeRaw`update audience set embargoed_until = ${embargoedUntil} where id = ${audienceId}`;
  if (people === null) return 0;
  await tx.$executeRaw`
    delete from audience_member
    where audience_id = ${audienceId} and not as_owner and not (actor_id = any(${[...people]}::bigint[]))`;
  return tx.$executeRaw`
    insert into audience_member (audience_id, actor_id, added_by)
    select ${audienceId}::bigint, p, ${by.actorId}::bigint from unnest(${[...people]}::bigint[]) p on conflict do nothing`;
}
