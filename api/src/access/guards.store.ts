// Who may see rows, whoever asks: for deciding who may see what follows from them or names them.
import { Prisma } from '../generated/prisma/client.ts';
import type { Statements } from '../platform/statements.ts';
import type { Guard, Teams } from './audience-sight.ts';

type Ids = readonly bigint[];

/** Who may see a row `x`. */
export const GUARD = Prisma.sql`x.visibility::text as visibility, x.team_id as "teamId", x.actor_id as "actorId",
  (x.audience_id is not null and exists (
    select 1 from audience a where a.id = x.audience_id and a.embargoed_until > now())) as embargoed,
  array(select w.actor_id from audience_member w where w.audience_id = x.audience_id) as named`;

const among = (ids: Ids) => Prisma.sql`any(${[...ids]}::bigint[])`;

/** By what is named: the conditions of all rows that are to be seen where it is told of. */
const SEEN_WITH = {
  node: (ids: Ids) => [Prisma.sql`node x where x.id = ${among(ids)}`],
  behavior: (ids: Ids) => [Prisma.sql`behavior x where x.id = ${among(ids)}`],
  contentTag: (ids: Ids) => [Prisma.sql`content_tag x where x.id = ${among(ids)}`],
  hypothesis: (ids: Ids) => [Prisma.sql`hypothesis x where x.id = ${among(ids)}`],
  intervention: (ids: Ids) => [Prisma.sql`intervention x where x.id = ${among(ids)}`],
  evidence: (ids: Ids) => [Prisma.sql`evidence x where x.id = ${among(ids)}`],
  report: (ids: Ids) => [Prisma.sql`report x where x.id = ${among(ids)}`],
  /** With what is suspected. */
  suspect: (ids: Ids) => [
    Prisma.sql`suspect x where x.id = ${among(ids)}`,
    Prisma.sql`node x where x.id in (select s.node_id from suspect s where s.id = ${among(ids)})`,
    Prisma.sql`content_tag x where x.id in (select s.content_tag_id from suspect s where s.id = ${among(ids)})`,
  ],
  /** With both its ends and the statement that it is part of. */
  edge: (ids: Ids) => [
    Prisma.sql`edge x where x.id = ${among(ids)}`,
    Prisma.sql`node x where x.id in (
      select unnest(array[e.upstream, e.downstream]) from edge e where e.id = ${among(ids)})`,
    Prisma.sql`composition x where x.id in (select e.composition_id from edge e where e.id = ${among(ids)})`,
  ],
  /** With its behaviour. */
  measurement: (ids: Ids) => [
    Prisma.sql`measurement x where x.id = ${among(ids)}`,
    Prisma.sql`behavior x where x.id in (select m.behavior_id from measurement m where m.id = ${among(ids)})`,
  ],
  /** With its rule and the behaviours that it is about. */
  scoringRuleVersion: (ids: Ids) => [
    Prisma.sql`scoring_rule_version x where x.id = ${among(ids)}`,
    Prisma.sql`scoring_rule x where x.id in (
      select v.scoring_rule_id from scoring_rule_version v where v.id = ${among(ids)})`,
    Prisma.sql`behavior x where x.id in (
      select unnest(v.behavior_ids) from scoring_rule_version v where v.id = ${among(ids)})`,
  ],
} as const;

/** What is told of, by internal ids. */
export type Told = Readonly<Partial<Record<keyof typeof SEEN_WITH, Ids>>>;

/** Who may see each of the rows that are told of, and of those that they are seen with. */
export async function selectGuardsOfTold(tx: Statements, told: Told): Promise<Guard[]> {
  const rows = Object.entries(told).flatMap(([what, ids]) =>
    ids.length === 0 ? [] : SEEN_WITH[what as keyof typeof SEEN_WITH](ids),
  );
  if (rows.length === 0) return [];
  return tx.$queryRaw<Guard[]>(
    Prisma.join(
      rows.map((row) => Prisma.sql`select ${GUARD} from ${row}`),
      ' union ',
    ),
  );
}

/** The teams of everybody who is an author of a guard, or named in one. */
export async function selectTeamsOf(tx: Statements, guards: readonly Guard[]): Promise<Teams> {
  const people = [...new Set(guards.flatMap(({ actorId, named }) => [actorId, ...named]))];
  const rows = await tx.$queryRaw<{ actorId: bigint; teamIds: bigint[] }[]>`
    select actor_id as "actorId", array_agg(team_id) as "teamIds" from membership
    where actor_id = any(${people}::bigint[]) group by actor_id`;
  return new Map(rows.map(({ actorId, teamIds }) => [actorId, teamIds]));
}
