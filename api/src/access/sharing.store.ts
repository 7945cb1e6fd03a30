// Who may see what. Visibility and audience run through the tables of every slice, so this store writes both there.
import { Prisma } from '../generated/prisma/client.ts';
import type { VisibilityWord } from '../lineage/node.ts';
import type { ActorRow } from '../lineage/records.ts';
import type { Db, Tx } from '../platform/database.ts';
import type { Shareable, Shared } from './sharing.ts';
import type { Viewer } from './viewer.ts';
import { visible } from './visibility.ts';

type Reader = Pick<Db | Tx, '$queryRaw'>;
type Ids = readonly bigint[];

/** Where each kind of thing has its visibility, and what its row must be there. */
const HELD_IN: Readonly<Record<Shareable, { table: string; kind?: string }>> = {
  Incident: { table: 'node', kind: 'INCIDENT' },
  Source: { table: 'node', kind: 'SOURCE' },
  DatasetVersion: { table: 'node', kind: 'DATASET_VERSION' },
  ModelVersion: { table: 'node', kind: 'MODEL_VERSION' },
  EvalRun: { table: 'node', kind: 'EVAL_RUN' },
  Dataset: { table: 'dataset' },
  Model: { table: 'model' },
  Evaluation: { table: 'evaluation' },
  Evidence: { table: 'evidence' },
  Hypothesis: { table: 'hypothesis' },
};

/** Who may see each of the things, of those that the viewer may see. */
export async function selectShared(db: Reader, viewer: Viewer, type: Shareable, ids: Ids): Promise<Shared[]> {
  const { table, kind } = HELD_IN[type];
  const ofKind = kind === undefined ? Prisma.sql`true` : Prisma.sql`x.kind = ${kind}::node_kind`;
  const rows = await db.$queryRaw<Omit<Shared, 'type'>[]>`
    select x.id, x.visibility::text as visibility, x.team_id as "teamId", x.actor_id as "actorId",
      x.audience_id as "audienceId", a.embargoed_until as "embargoedUntil"
    from ${Prisma.raw(table)} x left join audience a on a.id = x.audience_id
    where x.id = any(${[...ids]}::bigint[]) and ${ofKind} and ${visible(viewer, 'x')}`;
  return rows.map((row) => ({ type, ...row }));
}

/** The people named in each audience, in the order in which they were. */
export async function selectNamed(
  db: Reader,
  audienceIds: Ids,
): Promise<(ActorRow & { audienceId: bigint })[]> {
  return db.$queryRaw<(ActorRow & { audienceId: bigint })[]>`
    select m.audience_id as "audienceId", a.id, a.kind::text as kind, a.name
    from audience_member m join actor a on a.id = m.actor_id
    where m.audience_id = any(${[...audienceIds]}::bigint[]) order by m.created_at, a.id`;
}

/** People and services that can be named, by a part of their name. */
export async function selectPeopleLike(db: Reader, search: string, most: number): Promise<ActorRow[]> {
  const pattern = `%${search.replace(/[\\%_]/g, (c) => `\\${c}`)}%`;
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

/** Gives the thing an audience of its own, unless it has one that is not also its parent's; answers its id. */
export async function ownAudience(
  tx: Tx,
  by: { teamId: bigint; actorId: bigint },
  thing: Shared,
): Promise<bigint> {
  if (thing.audienceId !== null && !(await isInherited(tx, thing))) return thing.audienceId;
  const [made] = await tx.$queryRaw<[{ id: bigint }]>`
    insert into audience (embargoed_until, team_id, actor_id)
    values (${thing.embargoedUntil}, ${by.teamId}, ${by.actorId}) returning id`;
  return made.id;
}

async function isInherited(tx: Tx, thing: Shared): Promise<boolean> {
  const parent = PARENT[thing.type];
  if (parent === undefined) return false;
  const [row] = await tx.$queryRaw<[{ inherited: boolean }]>`
    select exists (${parent(thing.id)} and p.audience_id = ${thing.audienceId}) as inherited`;
  return row.inherited;
}

const PARENT: Partial<Record<Shareable, (id: bigint) => Prisma.Sql>> = {
  DatasetVersion: (id) =>
    Prisma.sql`select 1 from dataset_version v join dataset p on p.id = v.dataset_id where v.node_id = ${id}`,
  ModelVersion: (id) =>
    Prisma.sql`select 1 from model_version v join model p on p.id = v.model_id where v.node_id = ${id}`,
  Evidence: (id) =>
    Prisma.sql`select 1 from evidence e join node p on p.id = e.incident_id where e.id = ${id}`,
  Hypothesis: (id) =>
    Prisma.sql`select 1 from hypothesis h join node p on p.id = h.incident_id where h.id = ${id}`,
};

/** `people` null leaves those named as they are. */
export async function setAudience(
  tx: Tx,
  audienceId: bigint,
  by: { actorId: bigint },
  people: Ids | null,
  embargoedUntil: Date | null,
): Promise<void> {
  await tx.$executeRaw`update audience set embargoed_until = ${embargoedUntil} where id = ${audienceId}`;
  if (people === null) return;
  await tx.$executeRaw`
    delete from audience_member where audience_id = ${audienceId} and not (actor_id = any(${[...people]}::bigint[]))`;
  await tx.$executeRaw`
    insert into audience_member (audience_id, actor_id, added_by)
    select ${audienceId}::bigint, p, ${by.actorId}::bigint from unnest(${[...people]}::bigint[]) p on conflict do nothing`;
}

/** A change of who may see a row and, with it, whatever was seen by the same. */
export interface Move {
  visibility: { from: VisibilityWord; to: VisibilityWord };
  audience: { from: bigint | null; to: bigint | null };
}

/** Changes the rows of a table that `of` selects: each in what it shared with the thing that moves. */
async function move(tx: Tx, table: string, of: Prisma.Sql, by: Move): Promise<void> {
  const { visibility, audience } = by;
  await tx.$executeRaw`
    update ${Prisma.raw(table)} x set
      visibility = case when x.visibility = ${visibility.from}::visibility then ${visibility.to}::visibility else x.visibility end,
      audience_id = case when x.audience_id is not distinct from ${audience.from}::bigint then ${audience.to}::bigint else x.audience_id end
    where ${of} and (x.visibility = ${visibility.from}::visibility or x.audience_id is not distinct from ${audience.from}::bigint)`;
}

const OF_INCIDENT = [
  'evidence',
  'report',
  'suspect',
  'related_incident',
  'reported_result',
  'hypothesis',
  'intervention',
];
const OF_HYPOTHESIS = ['evidence_item', 'assessment'];
const CITING = [
  'claim',
  'composition',
  'alias',
  'content_measurement',
  'measurement',
  'score',
  'evidence',
  'reported_result',
  'hypothesis',
  'intervention',
  'evidence_item',
  'assessment',
];

/** Moves what is said of a node: its edges, statements, claims, figures, and an incident's records. */
async function moveNode(tx: Tx, id: bigint, by: Move): Promise<void> {
  await move(tx, 'node', Prisma.sql`x.id = ${id}`, by);
  await move(
    tx,
    'citation',
    Prisma.sql`x.id in (select citation_id from node where id = ${id} union select citation_id from edge where downstream = ${id})`,
    by,
  );
  await move(tx, 'edge', Prisma.sql`x.downstream = ${id}`, by);
  await move(
    tx,
    'event',
    Prisma.sql`x.node_id = ${id} and x.type not in ('INCIDENT_LINKED', 'EVIDENCE_REVEALED')`,
    by,
  );
  const ofHypothesis = Prisma.sql`x.hypothesis_id in (select h.id from hypothesis h where h.incident_id = ${id})`;
  const owned = [
    ...['claim', 'alias'].map((table) => ({ table, of: Prisma.sql`x.node_id = ${id}` })),
    { table: 'composition', of: Prisma.sql`(x.node_id = ${id} or x.output_id = ${id})` },
    { table: 'content_measurement', of: Prisma.sql`x.dataset_version_id = ${id}` },
    ...['measurement', 'score'].map((table) => ({ table, of: Prisma.sql`x.eval_run_id = ${id}` })),
    ...OF_HYPOTHESIS.map((table) => ({ table, of: ofHypothesis })),
    ...OF_INCIDENT.map((table) => ({ table, of: Prisma.sql`x.incident_id = ${id}` })),
    {
      table: 'dispute',
      of: Prisma.sql`(x.node_id = ${id} or x.edge_id in (select e.id from edge e where e.downstream = ${id})
        or x.claim_id in (select c.id from claim c where c.node_id = ${id})
        or x.composition_id in (select c.id from composition c where c.node_id = ${id}))`,
    },
  ];
  for (const { table, of } of owned) await moveWithCitations(tx, table, of, by);
  const ofEvidence = Prisma.sql`x.evidence_id in (select e.id from evidence e where e.incident_id = ${id})`;
  await move(tx, 'evidence_reveal', ofEvidence, by);
}

async function moveWithCitations(tx: Tx, table: string, of: Prisma.Sql, by: Move): Promise<void> {
  if (CITING.includes(table))
    await move(
      tx,
      'citation',
      Prisma.sql`x.id in (select x.citation_id from ${Prisma.raw(table)} x where ${of})`,
      by,
    );
  await move(tx, table, of, by);
}

/**
 * Changes who may see a thing and what was seen by the same people with it. What may not be wider than it is
 * narrowed with it: the activity that made it, where it made nothing else, and the eval runs of a model version.
 */
export async function moveThing(tx: Tx, thing: Shared, by: Move): Promise<void> {
  const { type, id } = thing;
  if (type === 'Evidence') {
    await moveWithCitations(tx, 'evidence', Prisma.sql`x.id = ${id}`, by);
    return move(tx, 'evidence_reveal', Prisma.sql`x.evidence_id = ${id}`, by);
  }
  if (type === 'Hypothesis') {
    await moveWithCitations(tx, 'hypothesis', Prisma.sql`x.id = ${id}`, by);
    for (const table of OF_HYPOTHESIS)
      await moveWithCitations(tx, table, Prisma.sql`x.hypothesis_id = ${id}`, by);
    return;
  }
  if (type === 'Dataset' || type === 'Model' || type === 'Evaluation') {
    const table = HELD_IN[type].table;
    await move(tx, table, Prisma.sql`x.id = ${id}`, by);
    if (type === 'Evaluation')
      return moveWithCitations(tx, 'evaluation_version', Prisma.sql`x.evaluation_id = ${id}`, by);
    const versions = await tx.$queryRaw<{ id: bigint }[]>`
      select v.node_id as id from ${Prisma.raw(`${table}_version`)} v where v.${Prisma.raw(`${table}_id`)} = ${id}`;
    for (const version of versions) await moveWithDependents(tx, version.id, by);
    return;
  }
  await moveWithDependents(tx, id, by);
}

async function moveWithDependents(tx: Tx, id: bigint, by: Move): Promise<void> {
  await moveNode(tx, id, by);
  const dependents = await tx.$queryRaw<
    { id: bigint; visibility: VisibilityWord; audienceId: bigint | null }[]
  >`
    select a.id, a.visibility::text as visibility, a.audience_id as "audienceId"
    from edge e join node a on a.id = e.upstream
    where e.downstream = ${id} and e.kind = 'GENERATED_BY' and e.retracted_at is null
      and not exists (
        select 1 from edge o join node n on n.id = o.downstream
        where o.upstream = a.id and o.kind = 'GENERATED_BY' and o.downstream <> ${id} and o.retracted_at is null
          and n.visibility <> ${by.visibility.to}::visibility)
    union
    select r.id, r.visibility::text, r.audience_id
    from edge e join node r on r.id = e.downstream
    where e.upstream = ${id} and e.kind = 'EVALUATED' and e.retracted_at is null
      and array_position(enum_range(null::visibility), r.visibility)
        < array_position(enum_range(null::visibility), ${by.visibility.to}::visibility)`;
  for (const dependent of dependents)
    await moveNode(tx, dependent.id, {
      visibility: { from: dependent.visibility, to: by.visibility.to },
      audience: { from: dependent.audienceId, to: by.audience.to },
    });
}
