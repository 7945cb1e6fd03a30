// What follows when who may see a thing changes: the rows of every slice that are said of it, and what rests on it.
import { Prisma } from '../generated/prisma/client.ts';
import type { VisibilityWord } from '../lineage/node.ts';
import { statementSeen } from '../lineage/node-sql.ts';
import type { Tx } from '../platform/database.ts';
import { audienceWithout, ownStatement, selectWithBlind } from './above.store.ts';
import { holdToMove } from './held.store.ts';
import { moveEventsOf, moveEventsOfNode, moveEventsOfResults } from './move-events.store.ts';
import { type Move, move } from './move-rows.store.ts';
import { narrowest } from './narrowest.ts';
import { isTheirs, type Shared } from './sharing.ts';
import type { Viewer } from './viewer.ts';
import { visible } from './visibility.ts';

/** Tables whose rows cite a source, which is seen with them. */
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
  'evaluation_version',
  'dispute',
];

async function moveWithCitations(tx: Tx, table: string, of: Prisma.Sql, by: Move): Promise<void> {
  if (CITING.includes(table)) {
    const cited = Prisma.sql`x.id in (select x.citation_id from ${Prisma.raw(table)} x where ${of})`;
    await move(tx, 'citation', cited, by);
  }
  await move(tx, table, of, by);
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

/** Moves a node with what is said of it: its edges, statements, claims, figures, and an incident's records. */
async function moveNode(tx: Tx, id: bigint, by: Move): Promise<void> {
  const cited = Prisma.sql`x.id in (
    select citation_id from node where id = ${id} union select citation_id from edge where downstream = ${id})`;
  const ofHypothesis = Prisma.sql`x.hypothesis_id in (select h.id from hypothesis h where h.incident_id = ${id})`;
  const disputed = Prisma.sql`(x.node_id = ${id}
    or x.edge_id in (select e.id from edge e where e.downstream = ${id})
    or x.claim_id in (select c.id from claim c where c.node_id = ${id})
    or x.composition_id in (select c.id from composition c where c.node_id = ${id}))`;
  const owned: [string, Prisma.Sql][] = [
    ['node', Prisma.sql`x.id = ${id}`],
    ['citation', cited],
    ['edge', Prisma.sql`x.downstream = ${id}`],
    ['claim', Prisma.sql`x.node_id = ${id}`],
    ['alias', Prisma.sql`x.node_id = ${id}`],
    ['model_alias', Prisma.sql`x.model_version_id = ${id}`],
    ['composition', Prisma.sql`(x.node_id = ${id} or x.output_id = ${id})`],
    ['content_measurement', Prisma.sql`x.dataset_version_id = ${id}`],
    ['measurement', Prisma.sql`x.eval_run_id = ${id}`],
    ['score', Prisma.sql`x.eval_run_id = ${id}`],
    ['dispute', disputed],
    ...OF_HYPOTHESIS.map((table): [string, Prisma.Sql] => [table, ofHypothesis]),
    ...OF_INCIDENT.map((table): [string, Prisma.Sql] => [table, Prisma.sql`x.incident_id = ${id}`]),
    [
      'evidence_reveal',
      Prisma.sql`x.evidence_id in (select e.id from evidence e where e.incident_id = ${id})`,
    ],
  ];
  // Before the rows that some of them tell of, which are then as they were.
  await moveEventsOfNode(tx, id, by);
  for (const [table, of] of owned) await moveWithCitations(tx, table, of, by);
}

/**
 * Changes who may see a thing and what was seen by the same people with it. What may not be wider than it is
 * narrowed with it: versions, the activity that made them, and the eval runs of a model version or an evaluation.
 */
export async function moveThing(tx: Tx, { type, id }: Shared, by: Move): Promise<void> {
  switch (type) {
    case 'Evidence':
      await moveEventsOf(tx, { type, id }, by);
      await moveWithCitations(tx, 'evidence', Prisma.sql`x.id = ${id}`, by);
      return move(tx, 'evidence_reveal', Prisma.sql`x.evidence_id = ${id}`, by);
    case 'Hypothesis':
      await moveEventsOf(tx, { type, id }, by);
      await moveWithCitations(tx, 'hypothesis', Prisma.sql`x.id = ${id}`, by);
      for (const table of OF_HYPOTHESIS)
        await moveWithCitations(tx, table, Prisma.sql`x.hypothesis_id = ${id}`, by);
      return;
    case 'EvalRun':
      await moveEventsOf(tx, { type, id }, by);
      return moveWithDependents(tx, id, by);
    case 'Evaluation':
      await move(tx, 'evaluation', Prisma.sql`x.id = ${id}`, by);
      await moveWithCitations(tx, 'evaluation_version', Prisma.sql`x.evaluation_id = ${id}`, by);
      return narrowEvalRuns(
        tx,
        Prisma.sql`join eval_run e on e.node_id = r.id join evaluation_version v on v.id = e.evaluation_version_id
          where v.evaluation_id = ${id}`,
        Prisma.sql`(select o.team_id from evaluation o where o.id = ${id})`,
        [by],
      );
    case 'Incident':
      await moveEventsOfResults(tx, id, by);
      return moveWithDependents(tx, id, by);
    case 'Dataset':
    case 'Model':
      return moveVersions(tx, type === 'Dataset' ? 'dataset' : 'model', id, by);
    default:
      return moveWithDependents(tx, id, by);
  }
}

async function moveVersions(tx: Tx, table: 'dataset' | 'model', id: bigint, by: Move): Promise<void> {
  await move(tx, table, Prisma.sql`x.id = ${id}`, by);
  const versions = await tx.$queryRaw<{ id: bigint }[]>`
    select v.node_id as id from ${Prisma.raw(`${table}_version`)} v where v.${Prisma.raw(`${table}_id`)} = ${id}`;
  for (const version of versions) await moveWithDependents(tx, version.id, by);
}

async function moveWithDependents(tx: Tx, id: bigint, by: Move): Promise<void> {
  // Whoever records what rests on it holds it until that is there to be moved with it.
  await holdToMove(tx, [id]);
  // Before the move, after which whoever moves may see neither the output nor what made it.
  const activities = await selectActivities(tx, id, by.viewer);
  await moveNode(tx, id, by);
  // What has its audience goes with it once more, where somebody is named on it no longer.
  const moves = [by, ...(await partFromBlind(tx, [id], by))];
  await moveActivities(tx, activities, moves);
  await narrowEvalRuns(
    tx,
    Prisma.sql`join edge e on e.downstream = r.id and ${ownStatement('e', 'r')}
      where e.upstream = ${id} and e.kind = 'EVALUATED' and e.retracted_at is null`,
    Prisma.sql`(select o.team_id from node o where o.id = ${id})`,
    moves,
  );
}

/**
 * Takes from each of these nodes whom it names and who does not see all that it is to be no wider than: their audience is
 * another from then on. Answers what moved.
 */
async function partFromBlind(tx: Tx, ids: readonly bigint[], { viewer }: Move): Promise<Move[]> {
  const moves: Move[] = [];
  for (const node of await selectWithBlind(tx, ids)) {
    const { id, visibility } = node;
    const by: Move = {
      ...{ viewer, narrows: true, ownerId: node.actorId, shownAs: visibility },
      visibility: { from: visibility, to: visibility },
      audience: { from: node.audienceId, to: await audienceWithout(tx, node) },
    };
    if (node.kind === 'EVAL_RUN') await moveEventsOf(tx, { type: 'EvalRun', id }, by);
    await moveNode(tx, id, by);
    moves.push(by);
  }
  return moves;
}

/**
 * The activities that made an output, as far as the viewer sees the output, and who states that they made it: their own
 * team alone, as what others state of an activity has no force over it.
 */
async function selectActivities(tx: Tx, outputId: bigint, viewer: Viewer): Promise<bigint[]> {
  const rows = await tx.$queryRaw<{ id: bigint }[]>`
    select distinct e.upstream as id from edge e join node o on o.id = e.downstream
    join node a on a.id = e.upstream and ${ownStatement('e', 'a')}
    where e.downstream = ${outputId} and e.kind = 'GENERATED_BY' and e.retracted_at is null
      and ${visible(viewer, 'e')} and ${visible(viewer, 'o')} and ${statementSeen(viewer, 'e')}`;
  return rows.map((row) => row.id);
}

/**
 * An activity was as visible as what it made and stays so, as far as the narrowest of its outputs lets it. Where whoever
 * moves an output does not see that the activity made it, that was never recorded for them, and moves nothing. Nobody
 * opens another team's activity, who could not close it again. Nobody stays named on one who does not see all its outputs,
 * unless one of them is theirs.
 */
async function moveActivities(tx: Tx, ids: readonly bigint[], moves: readonly Move[]): Promise<void> {
  if (ids.length === 0) return;
  for (const by of moves) await moveEach(tx, ids, by);
  await partFromBlind(tx, ids, moves[0]!);
}

async function moveEach(tx: Tx, ids: readonly bigint[], by: Move): Promise<void> {
  // What it made may be moved by two at once: the later of them sees how the other left all of it.
  await holdToMove(tx, ids);
  const activities = await tx.$queryRaw<
    { id: bigint; teamId: bigint; actorId: bigint; visibility: VisibilityWord; outputs: VisibilityWord }[]
  >`
    select a.id, a.team_id as "teamId", a.actor_id as "actorId", a.visibility::text as visibility, (
      select max(o.visibility)::text from edge g join node o on o.id = g.downstream
      where g.upstream = a.id and g.kind = 'GENERATED_BY' and ${ownStatement('g', 'a')} and g.retracted_at is null) as outputs
    from node a where a.id = any(${[...ids]}::bigint[]) order by a.id`;
  for (const { id, visibility, outputs, ...held } of activities) {
    const opens = visibility === by.visibility.from && isTheirs(by.viewer, held);
    const to = opens ? outputs : narrowest(visibility, outputs);
    await moveNode(tx, id, { ...by, visibility: { from: visibility, to } });
  }
}

/**
 * `of` joins an eval run's node `r` to what it may be no wider than, which is of a `team`: for a run of another, that team's
 * `TEAM` is nobody. A run that was shared with what it rests on goes on with that, and names nobody who does not see it.
 */
async function narrowEvalRuns(
  tx: Tx,
  of: Prisma.Sql,
  team: Prisma.Sql,
  moves: readonly Move[],
): Promise<void> {
  const runs = await tx.$queryRaw<{ id: bigint }[]>`select distinct r.id from node r ${of} order by 1`;
  const ids = runs.map(({ id }) => id);
  for (const by of moves) {
    const { visibility, audience } = by;
    const others = visibility.to === 'TEAM' ? 'RESTRICTED' : visibility.to;
    const narrowed = await tx.$queryRaw<{ id: bigint; visibility: VisibilityWord; to: VisibilityWord }[]>`
      select r.id, r.visibility::text as visibility, greatest(r.visibility, w.most)::text as to
      from node r cross join lateral (
        select case when r.team_id = ${team} then ${visibility.to} else ${others} end::visibility as most) w
      where r.id = any(${ids}::bigint[]) and (r.visibility < w.most
        or ${audience.from !== audience.to} and r.audience_id = ${audience.from}::bigint) order by r.id`;
    for (const { id, ...run } of narrowed) {
      const narrower = { ...by, visibility: { from: run.visibility, to: run.to } };
      await moveEventsOf(tx, { type: 'EvalRun', id }, narrower);
      await moveNode(tx, id, narrower);
    }
  }
  await partFromBlind(tx, ids, moves[0]!);
}
