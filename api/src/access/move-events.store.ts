// What becomes of the events of timelines when who may see something changes (decisions 36 and 41).
import type { ToldOf } from '../audit-log/event.ts';
import { Prisma } from '../generated/prisma/client.ts';
import type { Tx } from '../platform/database.ts';
import { type Move, move, narrow } from './move-rows.store.ts';
import { narrowest } from './narrowest.ts';
import { visible } from './visibility.ts';

/**
 * Events that name or count other things, which may be narrower, or who sees this one: they are never shown more
 * widely than they were recorded.
 */
const KEPT = [
  'INCIDENT_LINKED',
  'SHARED',
  'EVIDENCE_REVEALED',
  'IMPORT_REVEALED',
  'IMPORT_REREAD',
  'EDGE_ASSERTED',
  'DISPUTED',
  'COMPOSITION_ASSERTED',
  'DATASET_VERSION_REGISTERED',
  'TRANSFORMATION_RECORDED',
  'MODEL_VERSION_REGISTERED',
  'TRAINING_RUN_RECORDED',
  'RETRACTED',
  'EVAL_RUN_RESCORED',
  'MEASUREMENT_RECORDED',
  'CONTENT_MEASURED',
];
/** Also that an incident's behaviours changed, which is told by itself (decision 46), and was with other changes before. */
const IS_KEPT = Prisma.sql`(x.type = any(${KEPT}::text[])
  or (x.type = 'INCIDENT_UPDATED' and x.payload->'fields' @> '["behaviors"]'))`;

/** Events of what a timeline's node has, and shows to no more people than see that. */
const OF_ROWS = ['EVIDENCE_ADDED', 'HYPOTHESIS_OPENED', 'HYPOTHESIS_EVIDENCE_ADDED', 'HYPOTHESIS_ASSESSED'];
const ROWS = [
  ['Evidence', 'evidence'],
  ['Hypothesis', 'hypothesis'],
  ['ReportedResult', 'reported_result'],
] as const;

const rowOf = (type: string, table: string, alias: string) => Prisma.sql`
  from ${Prisma.raw(`${table} ${alias}`)} where x.subject_type = ${type} and x.subject_id = ${Prisma.raw(alias)}.id`;

/** The team of what an event `x` is of, by whose word that is shown; its own, where it is of the node alone. */
const TEAM = Prisma.sql`coalesce(${Prisma.join(
  [...ROWS, ['EvalRun', 'node'] as const].map(
    ([type, table]) => Prisma.sql`(select o.team_id ${rowOf(type, table, 'o')})`,
  ),
)}, x.team_id)`;

/** On whose timeline alone an event is opened with the node: on that of a model version it tells of another thing. */
const AT_HOME = Prisma.sql`not exists (
  select from node home where home.id = x.node_id and (x.type, home.kind) in (
    ('EVAL_RUN_RECORDED', 'MODEL_VERSION'), ('REPORTED_RESULT_RECORDED', 'MODEL_VERSION')))`;

/**
 * Moves the events of a node's timeline with the node. One that is of a row is opened where the row is, and one that was
 * recorded before it was kept of which is not.
 */
export async function moveEventsOfNode(tx: Tx, id: bigint, by: Move): Promise<void> {
  const of = Prisma.sql`x.node_id = ${id} and (x.subject_id is not null or not x.apart and not ${IS_KEPT})`;
  await move(tx, 'event', of, by, {
    team: TEAM,
    opens: (moved) => {
      const withRow = ROWS.map(
        ([type, table]) => Prisma.sql`exists (select ${rowOf(type, table, 'o')} and ${moved('o')})`,
      );
      return Prisma.sql`not ${IS_KEPT} and ${AT_HOME}
        and (x.type <> all(${OF_ROWS}::text[]) or ${Prisma.join(withRow, ' or ')})`;
    },
  });
}

/** What moves by itself; a reported result does with its incident alone. */
type Movable = ToldOf & { type: Exclude<ToldOf['type'], 'ReportedResult'> };

/** Events that were recorded before they kept what they are of, and may be of a thing: by what they say, which another of the node may say, too. */
const BEFORE: Readonly<Record<Movable['type'], (id: bigint) => Prisma.Sql>> = {
  Evidence: (id) => Prisma.sql`exists (
    select from evidence o where o.id = ${id} and o.incident_id = x.node_id and (
      x.type = 'EVIDENCE_ADDED' and x.payload->>'digest' = o.digest
      or x.type = 'EVIDENCE_REVEALED' and x.payload->>'title' = o.title))`,
  Hypothesis: (id) => Prisma.sql`exists (
    select from hypothesis o where o.id = ${id} and o.incident_id = x.node_id and (
      x.type in ('HYPOTHESIS_OPENED', 'HYPOTHESIS_ASSESSED') and x.payload->>'statement' = o.statement
      or x.type = 'HYPOTHESIS_EVIDENCE_ADDED' and x.payload->>'statement' in (
        select i.statement from evidence_item i where i.hypothesis_id = o.id)))`,
  EvalRun: (id) => Prisma.sql`x.type = 'EVAL_RUN_RECORDED'
    and x.node_id in (select e.upstream from edge e where e.downstream = ${id} and e.kind = 'EVALUATED')
    and x.payload->'ref' in (
      select own.payload->'ref' from event own where own.node_id = ${id} and own.type = 'EVAL_RUN_RECORDED')`,
};

/** Moves the events that are of a thing with it; those that may be of it, or tell more than that it is there, narrower alone. */
export async function moveEventsOf(tx: Tx, { type, id }: Movable, by: Move): Promise<void> {
  const of = Prisma.sql`x.subject_type = ${type} and x.subject_id = ${id}`;
  await move(tx, 'event', Prisma.sql`${of} and not ${IS_KEPT}`, by, { team: TEAM });
  const team = teamOfThing(type, id);
  await narrow(tx, 'event', Prisma.sql`${of} and ${IS_KEPT}`, by, team);
  await narrow(tx, 'event', Prisma.sql`x.subject_id is null and ${BEFORE[type](id)}`, by, team);
}

/** The team of the thing itself, for events that do not say that they are of it. */
function teamOfThing(type: Movable['type'], id: bigint): Prisma.Sql {
  const table = ROWS.find(([of]) => of === type)?.[1] ?? 'node';
  return Prisma.sql`(select o.team_id from ${Prisma.raw(table)} o where o.id = ${id})`;
}

/**
 * Moves what the timelines of model versions tell of the results that an incident reports, with each result as it moves with
 * the incident, under an embargo too, and none is wider than its result. What was recorded before it was kept of which is
 * narrowed alone: an embargo leaves it to the team from then on. `TEAM` means the incident's: another team's result is seen
 * by nobody who does not see the incident.
 */
export async function moveEventsOfResults(tx: Tx, incidentId: bigint, by: Move): Promise<void> {
  const { visibility, audience, viewer } = by;
  const results = Prisma.sql`from reported_result r where r.incident_id = ${incidentId}`;
  const team = Prisma.sql`(select i.team_id from node i where i.id = ${incidentId})`;
  const elsewhere = Prisma.sql`x.node_id is distinct from ${incidentId}`;
  const of = Prisma.sql`${elsewhere} and x.subject_type = 'ReportedResult' and x.subject_id in (select r.id ${results})`;
  const opens = () => Prisma.sql`exists (select ${rowOf('ReportedResult', 'reported_result', 'o')}
    and o.visibility = ${visibility.from}::visibility and ${visible(viewer, 'o')})`;
  await move(tx, 'event', of, by, { team, opens });
  const before = Prisma.sql`x.type = 'REPORTED_RESULT_RECORDED' and x.subject_id is null and ${elsewhere} and exists (
    select ${results} and r.model_version_id = x.node_id and r.statement = x.payload->>'statement')`;
  const [{ held }] = await tx.$queryRaw<[{ held: boolean }]>`select exists (
    select from audience a where a.id = ${audience.to}::bigint and a.embargoed_until > now()) as held`;
  const to = held ? narrowest(visibility.to, 'TEAM') : visibility.to;
  await narrow(tx, 'event', before, { ...by, visibility: { ...visibility, to } }, team);
}
