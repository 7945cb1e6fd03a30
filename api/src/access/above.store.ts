// What a thing tells of whenever it is seen, and who is named on it and does not see that.
import { Prisma } from '../generated/prisma/client.ts';
import type { VisibilityWord } from '../lineage/node.ts';
import type { Db, Tx } from '../platform/database.ts';
import type { Shareable, Shared } from './sharing.ts';
import type { Viewer } from './viewer.ts';
import { visible } from './visibility.ts';

type Ids = readonly bigint[];
type Reader = Pick<Db | Tx, '$queryRaw'>;

/** Whether an edge was stated by whoever recorded the activity or run that it is of, or by their team. */
export function ownStatement(edge: string, of: string): Prisma.Sql {
  const [e, n] = [Prisma.raw(edge), Prisma.raw(of)];
  return Prisma.sql`(${e}.team_id = ${n}.team_id or ${e}.actor_id = ${n}.actor_id)`;
}

/** What a thing tells of whenever it is seen, so that whoever sees it has to see that too. */
export interface Above {
  /** The thing by its id. */
  of: bigint;
  type: 'Dataset' | 'Model' | 'ModelVersion' | 'Evaluation' | 'Incident';
  visibility: VisibilityWord;
  teamId: bigint;
  actorId: bigint;
  audienceId: bigint | null;
  /** Whether the viewer sees it; of what they do not, the rest may be missing. */
  seen: boolean;
  /** Who states that the thing tells of it; null where that is no statement. */
  statedBy: bigint | null;
}

const ROW = Prisma.raw('p.visibility, p.team_id, p.actor_id, p.audience_id');

type Holders = (ids: Prisma.Sql, seen: Prisma.Sql) => Prisma.Sql;

const familyOf = (kind: 'dataset' | 'model', type: Above['type'], ids: Prisma.Sql) => {
  const [version, family, id] = [`${kind}_version`, kind, `${kind}_id`].map((name) => Prisma.raw(name));
  return Prisma.sql`select v.node_id as of, ${type} as type, null::bigint as stated_by, ${ROW}
    from ${version} v left join ${family} p on p.id = v.${id} where v.node_id = ${ids}`;
};

/**
 * Evidence and hypotheses have none here: they are never read but through their incident. What is above is joined as far as
 * it is there to be read: where a viewer reads, it is not where they do not see it, and that it is above is told all the same.
 */
const ABOVE: Partial<Record<Shareable, Holders>> = {
  DatasetVersion: (ids) => familyOf('dataset', 'Dataset', ids),
  ModelVersion: (ids) => familyOf('model', 'Model', ids),
  // What another team, or a colleague unseen, states that it ran on has no force over it.
  EvalRun: (ids, seen) =>
    Prisma.sql`select r.id as of, 'ModelVersion' as type, e.actor_id as stated_by, ${ROW} from edge e
      join node r on r.id = e.downstream and ${ownStatement('e', 'r')} left join node p on p.id = e.upstream
      where e.downstream = ${ids} and e.kind = 'EVALUATED' and e.retracted_at is null and ${seen}
      union all
      select r.node_id, 'Evaluation', null, ${ROW} from eval_run r
        left join evaluation_version p on p.id = r.evaluation_version_id where r.node_id = ${ids}
      union all
      select r.node_id, 'Evaluation', null, ${ROW} from eval_run r
        left join evaluation_version v on v.id = r.evaluation_version_id
        left join evaluation p on p.id = v.evaluation_id where r.node_id = ${ids}`,
};

const ofIncident = (table: string): Holders => {
  const said = Prisma.raw(table);
  return (ids) => Prisma.sql`select x.id as of, 'Incident' as type, null::bigint as stated_by, ${ROW}
    from ${said} x left join node p on p.id = x.incident_id where x.id = ${ids}`;
};

/** What the people of a thing may be those of. */
const NAMED_ABOVE: Partial<Record<Shareable, Holders>> = {
  ...ABOVE,
  Evidence: ofIncident('evidence'),
  Hypothesis: ofIncident('hypothesis'),
};

async function selectOf(
  db: Reader,
  viewer: Viewer,
  holders: Holders | undefined,
  ids: Ids,
): Promise<Above[]> {
  if (holders === undefined) return [];
  return db.$queryRaw<Above[]>`
    select p.of, p.type, p.visibility::text as visibility, p.team_id as "teamId", p.actor_id as "actorId",
      p.audience_id as "audienceId", coalesce(${visible(viewer, 'p')}, false) as seen, p.stated_by as "statedBy"
    from (${holders(Prisma.sql`any(${[...ids]}::bigint[])`, visible(viewer, 'e'))}) p`;
}

/** By the statements that the viewer sees. */
export const selectAbove = (
  tx: Tx,
  viewer: Viewer,
  { type, id }: Pick<Shared, 'type' | 'id'>,
): Promise<Above[]> => selectOf(tx, viewer, ABOVE[type], [id]);

/** Besides, of what an incident holds, the incident. */
export const selectNamedAbove = (db: Reader, viewer: Viewer, type: Shareable, ids: Ids): Promise<Above[]> =>
  selectOf(db, viewer, NAMED_ABOVE[type], ids);

/** Whether somebody, by their id, would not see a row `h`, were they no auditor and no administrator. */
const blindTo = (h: string, person: Prisma.Sql) => {
  const row = Prisma.raw(h);
  return Prisma.sql`(${row}.visibility in ('TEAM', 'RESTRICTED') and ${row}.actor_id <> ${person}
    and not exists (
      select from audience_member w where w.audience_id = ${row}.audience_id and w.actor_id = ${person})
    and not (${row}.visibility = 'TEAM' and exists (
      select from membership w where w.team_id = ${row}.team_id and w.actor_id = ${person})))`;
};
const readsEverything = (person: Prisma.Sql) =>
  Prisma.sql`exists (select from actor a where a.id = ${person} and a.role in ('AUDITOR', 'ADMINISTRATOR'))`;

/**
 * Those of the people with whom what the thing tells of is not shared: for whoever may know that, and nobody else. Who is an
 * auditor or administrator is not told even to them, so that these are among those unless they are named there, too.
 */
export async function selectBlind(tx: Tx, above: Above, people: Ids): Promise<bigint[]> {
  const { visibility, teamId, actorId, audienceId } = above;
  const rows = await tx.$queryRaw<{ id: bigint }[]>`
    select p as id from unnest(${[...people]}::bigint[]) p, (values (
      ${visibility}::visibility, ${teamId}::bigint, ${actorId}::bigint, ${audienceId}::bigint
    )) h(visibility, team_id, actor_id, audience_id)
    where ${blindTo('h', Prisma.sql`p`)}`;
  return rows.map((row) => row.id);
}

/** All that a node `n` is to be seen no more widely than, whoever may see that: the rows of it. */
const HOLDERS = Prisma.sql`(
  select ${ROW} from dataset_version v join dataset p on p.id = v.dataset_id where v.node_id = n.id
  union all select ${ROW} from model_version v join model p on p.id = v.model_id where v.node_id = n.id
  union all select ${ROW} from edge e join node p on p.id = e.upstream
    where e.downstream = n.id and e.kind = 'EVALUATED' and e.retracted_at is null and ${ownStatement('e', 'n')}
  union all select ${ROW} from eval_run r join evaluation_version p on p.id = r.evaluation_version_id
    where r.node_id = n.id
  union all select ${ROW} from eval_run r join evaluation_version v on v.id = r.evaluation_version_id
    join evaluation p on p.id = v.evaluation_id where r.node_id = n.id
  union all ${outputs('n')})`;

function outputs(of: string): Prisma.Sql {
  return Prisma.sql`select ${ROW} from edge e join node p on p.id = e.downstream
    where e.upstream = ${Prisma.raw(of)}.id and e.kind = 'GENERATED_BY' and e.retracted_at is null
      and ${ownStatement('e', of)}`;
}

/** A node on which some are named who do not see all that it tells of. */
export interface WithBlind {
  id: bigint;
  kind: string;
  visibility: VisibilityWord;
  teamId: bigint;
  actorId: bigint;
  audienceId: bigint;
  blind: bigint[];
}

/**
 * Of versions, eval runs and activities those on which somebody is named who does not see all that they are to be no wider
 * than. Whoever recorded one sees it in any case, and an activity whoever owns something that it made.
 */
export function selectWithBlind(tx: Tx, nodeIds: Ids): Promise<WithBlind[]> {
  const person = Prisma.sql`m.actor_id`;
  return tx.$queryRaw<WithBlind[]>`
    select n.id, n.kind::text as kind, n.visibility::text as visibility, n.team_id as "teamId",
      n.actor_id as "actorId", n.audience_id as "audienceId", array_agg(distinct m.actor_id) as blind
    from node n join audience_member m on m.audience_id = n.audience_id
    where n.id = any(${[...nodeIds]}::bigint[]) and n.visibility in ('TEAM', 'RESTRICTED')
      and m.actor_id <> n.actor_id and not ${readsEverything(person)}
      and exists (select from ${HOLDERS} h where ${blindTo('h', person)})
      and not exists (select from (${outputs('n')}) made where made.actor_id = m.actor_id)
    group by n.id order by n.id`;
}

/** An audience of a node's own: of all that were named in the one that it had, but for some. */
export async function audienceWithout(tx: Tx, node: WithBlind): Promise<bigint> {
  const [made] = await tx.$queryRaw<[{ id: bigint }]>`
    insert into audience (team_id, actor_id) values (${node.teamId}, ${node.actorId}) returning id`;
  await tx.$executeRaw`
    insert into audience_member (audience_id, actor_id, added_by, as_owner, created_at)
    select ${made.id}::bigint, m.actor_id, m.added_by, m.as_owner, m.created_at from audience_member m
    where m.audience_id = ${node.audienceId} and not (m.actor_id = any(${node.blind}::bigint[]))
    union select ${made.id}::bigint, ${node.actorId}::bigint, ${node.actorId}::bigint, true, current_timestamp
    on conflict do nothing`;
  return made.id;
}
