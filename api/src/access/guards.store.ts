// Who may see rows, whoever asks: for deciding who may see what follows from them or names them.
import { Prisma } from '../generated/prisma/client.ts';
import type { Statements } from '../platform/statements.ts';
import type { Guard, Teams } from './audience-sight.ts';
import type { Viewer } from './viewer.ts';
import { visible } from './visibility.ts';

type Ids = readonly bigint[];

/** Who may see a row `x`. */
export const GUARD = Prisma.sql`x.visibility::text as visibility, x.team_id as "teamId", x.actor_id as "actorId",
  x.audience_id as "audienceId",
  (x.audience_id is not null and exists (
    select 1 from audience a where a.id = x.audience_id and a.embargoed_until > now())) as embargoed,
  array(select w.actor_id from audience_member w where w.audience_id = x.audience_id) as named`;

const among = (ids: Ids) => Prisma.sql`any(${[...ids]}::bigint[])`;

/** Of the edges `e` that a condition selects. */
const edgesOf = (which: Prisma.Sql) => [
  Prisma.sql`edge x where x.id in (select e.id from edge e where ${which})`,
  Prisma.sql`node x where x.id in (select unnest(array[e.upstream, e.downstream]) from edge e where ${which})`,
  Prisma.sql`composition x where x.id in (select e.composition_id from edge e where ${which})`,
  Prisma.sql`node x where x.id in (
    select c.output_id from edge e join composition c on c.id = e.composition_id where ${which})`,
];

const ofHypothesis = (table: 'evidence_item' | 'assessment', ids: Ids) => {
  const said = Prisma.raw(table);
  return [
    Prisma.sql`${said} x where x.id = ${among(ids)}`,
    Prisma.sql`hypothesis x where x.id in (select s.hypothesis_id from ${said} s where s.id = ${among(ids)})`,
  ];
};

/** By what is named: the conditions of all rows that are to be seen where it is told of. */
const SEEN_WITH = {
  node: (ids: Ids) => [Prisma.sql`node x where x.id = ${among(ids)}`],
  behavior: (ids: Ids) => [Prisma.sql`behavior x where x.id = ${among(ids)}`],
  contentTag: (ids: Ids) => [Prisma.sql`content_tag x where x.id = ${among(ids)}`],
  hypothesis: (ids: Ids) => [Prisma.sql`hypothesis x where x.id = ${among(ids)}`],
  /** With the hypothesis that it is about. */
  evidenceItem: (ids: Ids) => ofHypothesis('evidence_item', ids),
  assessment: (ids: Ids) => ofHypothesis('assessment', ids),
  intervention: (ids: Ids) => [Prisma.sql`intervention x where x.id = ${among(ids)}`],
  evidence: (ids: Ids) => [Prisma.sql`evidence x where x.id = ${among(ids)}`],
  report: (ids: Ids) => [Prisma.sql`report x where x.id = ${among(ids)}`],
  reportedResult: (ids: Ids) => [Prisma.sql`reported_result x where x.id = ${among(ids)}`],
  /** With the other incident. That whose link it is stands for itself: it is told of on its timeline alone. */
  relatedIncident: (ids: Ids) => [
    Prisma.sql`related_incident x where x.id = ${among(ids)}`,
    Prisma.sql`node x where x.id in (select l.other_id from related_incident l where l.id = ${among(ids)})`,
  ],
  /** An edge of an incident, likewise with what it leads to. */
  incidentLink: (ids: Ids) => [
    Prisma.sql`edge x where x.id = ${among(ids)}`,
    Prisma.sql`node x where x.id in (select e.upstream from edge e where e.id = ${among(ids)})`,
  ],
  claim: (ids: Ids) => [Prisma.sql`claim x where x.id = ${among(ids)}`],
  alias: (ids: Ids) => [Prisma.sql`alias x where x.id = ${among(ids)}`],
  modelAlias: (ids: Ids) => [Prisma.sql`model_alias x where x.id = ${among(ids)}`],
  /** With its tag. */
  contentMeasurement: (ids: Ids) => [
    Prisma.sql`content_measurement x where x.id = ${among(ids)}`,
    Prisma.sql`content_tag x where x.id in (
      select m.content_tag_id from content_measurement m where m.id = ${among(ids)})`,
  ],
  /** With the output that it is about alone; of its inputs one has to be seen, which is for `toldOfComposition` to say. */
  composition: (ids: Ids) => [
    Prisma.sql`composition x where x.id = ${among(ids)}`,
    Prisma.sql`node x where x.id in (select c.output_id from composition c where c.id = ${among(ids)})`,
  ],
  /** With what is suspected. */
  suspect: (ids: Ids) => [
    Prisma.sql`suspect x where x.id = ${among(ids)}`,
    Prisma.sql`node x where x.id in (select s.node_id from suspect s where s.id = ${among(ids)})`,
    Prisma.sql`content_tag x where x.id in (select s.content_tag_id from suspect s where s.id = ${among(ids)})`,
  ],
  /** With both its ends and the statement that it is part of, with the output that that is about alone. */
  edge: (ids: Ids) => edgesOf(Prisma.sql`e.id = ${among(ids)}`),
  /** With what it disagrees with, as far as that is seen whatever it is made of. */
  dispute: (ids: Ids) => {
    const of = Prisma.sql`dispute s where s.id = ${among(ids)}`;
    return [
      Prisma.sql`dispute x where x.id = ${among(ids)}`,
      ...edgesOf(Prisma.sql`e.id in (select s.edge_id from ${of})`),
      Prisma.sql`claim x where x.id in (select s.claim_id from ${of})`,
      Prisma.sql`composition x where x.id in (select s.composition_id from ${of})`,
      Prisma.sql`node x where x.id in (
        select s.node_id from ${of}
        union select c.node_id from claim c where c.id in (select s.claim_id from ${of})
        union select unnest(array[c.node_id, c.output_id]) from composition c
          where c.id in (select s.composition_id from ${of}))`,
    ];
  },
  /** With its behaviour. */
  measurement: (ids: Ids) => [
    Prisma.sql`measurement x where x.id = ${among(ids)}`,
    Prisma.sql`behavior x where x.id in (select m.behavior_id from measurement m where m.id = ${among(ids)})`,
  ],
  /** With the version that was decided on, and its standard. */
  standardApproval: (ids: Ids) => {
    const versions = Prisma.sql`select a.standard_version_id from standard_approval a where a.id = ${among(ids)}`;
    return [
      Prisma.sql`standard_approval x where x.id = ${among(ids)}`,
      Prisma.sql`standard_version x where x.id in (${versions})`,
      Prisma.sql`standard x where x.id in (select v.standard_id from standard_version v where v.id in (${versions}))`,
    ];
  },
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

/** All that is told of together. */
export function allTold(...told: readonly Told[]): Told {
  const all: { -readonly [what in keyof Told]: bigint[] } = {};
  for (const one of told)
    for (const [what, ids] of Object.entries(one) as [keyof Told, Ids][])
      all[what] = [...(all[what] ?? []), ...ids];
  return all;
}

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

/** Of each input of a composition that a viewer sees, by its edge, who may see that and what it leads to. */
export async function selectGuardsOfInputs(
  tx: Statements,
  viewer: Viewer,
  compositionId: bigint,
): Promise<Map<bigint, Guard[]>> {
  const rows = await tx.$queryRaw<(Guard & { edge: bigint })[]>`
    select x.id as edge, ${GUARD} from edge x join node n on n.id = x.upstream
    where x.composition_id = ${compositionId} and ${visible(viewer, 'x')} and ${visible(viewer, 'n')}
    union all
    select e.id, ${GUARD} from edge e join node x on x.id = e.upstream
    where e.composition_id = ${compositionId} and ${visible(viewer, 'e')} and ${visible(viewer, 'x')}`;
  const inputs = new Map<bigint, Guard[]>();
  for (const { edge, ...guard } of rows) inputs.set(edge, [...(inputs.get(edge) ?? []), guard]);
  return inputs;
}

/** The teams of everybody who is an author of a guard, or named in one. */
export async function selectTeamsOf(tx: Statements, guards: readonly Guard[]): Promise<Teams> {
  const people = [...new Set(guards.flatMap(({ actorId, named }) => [actorId, ...named]))];
  const rows = await tx.$queryRaw<{ actorId: bigint; teamIds: bigint[] }[]>`
    select actor_id as "actorId", array_agg(team_id) as "teamIds" from membership
    where actor_id = any(${people}::bigint[]) group by actor_id`;
  return new Map(rows.map(({ actorId, teamIds }) => [actorId, teamIds]));
}
