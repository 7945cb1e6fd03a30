import type { Viewer } from '../access/viewer.ts';
import { visible } from '../access/visibility.ts';
import { Prisma } from '../generated/prisma/client.ts';
import type { VisibilityWord } from '../lineage/node.ts';
import { cappedPer } from '../platform/capped-sql.ts';
import type { Db, Tx } from '../platform/database.ts';
import type {
  AssessmentRow,
  ComparisonRow,
  EvidenceItemRow,
  HypothesisRow,
  InterventionRow,
} from './investigation.ts';

type Reader = Pick<Db | Tx, '$queryRaw'>;
type Ids = readonly bigint[];

const HYPOTHESIS = Prisma.sql`h.id, h.incident_id as "incidentId", h.statement, h.status::text as status, h.proposed_by as "proposedBy",
  h.citation_id as "citationId", h.actor_id as "actorId", h.recorded_at as "recordedAt"`;
const hypotheses = (viewer: Viewer) =>
  Prisma.sql`from hypothesis h join node n on n.id = h.incident_id where ${visible(viewer, 'h')} and ${visible(viewer, 'n')}`;
export const selectHypotheses = (db: Reader, viewer: Viewer, ids: Ids) =>
  db.$queryRaw<
    HypothesisRow[]
  >`select ${HYPOTHESIS} ${hypotheses(viewer)} and h.id = any(${[...ids]}::bigint[])`;
export const selectHypothesesOf = (db: Reader, viewer: Viewer, incidentIds: Ids) =>
  db.$queryRaw<HypothesisRow[]>(
    cappedPer(
      'incidentId',
      Prisma.sql`
    select ${HYPOTHESIS} ${hypotheses(viewer)} and h.retracted_at is null and h.incident_id = any(${[...incidentIds]}::bigint[]) order by h.id`,
    ),
  );

/** A hypothesis and its incident, held against other assessments until the transaction ends. */
export async function lockHypothesis(tx: Tx, viewer: Viewer, id: bigint) {
  const [row] = await tx.$queryRaw<(HypothesisRow & { visibility: VisibilityWord })[]>`
    select ${HYPOTHESIS}, h.visibility::text as visibility ${hypotheses(viewer)} and h.retracted_at is null and n.retracted_at is null
      and h.id = ${id} for update of h`;
  return row ?? null;
}

export const selectSuspectIdsOf = (db: Reader, ids: Ids) =>
  db.$queryRaw<{ hypothesisId: bigint; suspectId: bigint }[]>`
    select hypothesis_id as "hypothesisId", suspect_id as "suspectId" from hypothesis_suspect
    where hypothesis_id = any(${[...ids]}::bigint[]) order by suspect_id`;

/** Suspects of an incident that name these nodes or content tags already. */
export const selectHeldSuspects = (
  tx: Tx,
  viewer: Viewer,
  incidentId: bigint,
  nodeIds: Ids,
  tags: readonly string[],
) =>
  tx.$queryRaw<{ id: bigint; nodeId: bigint | null; tag: string | null }[]>`
    select s.id, s.node_id as "nodeId", case when t.name = any(${[...tags]}::text[]) then t.name else t.namespace || '/' || t.name end as tag
    from suspect s left join content_tag t on t.id = s.content_tag_id
    where s.incident_id = ${incidentId} and s.retracted_at is null and ${visible(viewer, 's')}
      and (s.content_tag_id is null or ${visible(viewer, 't')})
      and (s.node_id = any(${[...nodeIds]}::bigint[]) or t.name = any(${[...tags]}::text[]) or t.namespace || '/' || t.name = any(${[...tags]}::text[]))
    order by s.id`;

const ITEM = Prisma.sql`x.id, x.hypothesis_id as "hypothesisId", x.direction::text as direction, x.method::text as method, x.statement, x.score,
  x.score_meaning as "scoreMeaning", x.citation_id as "citationId", x.actor_id as "actorId", x.recorded_at as "recordedAt"`;
const ASSESSMENT = Prisma.sql`x.id, x.hypothesis_id as "hypothesisId", x.confidence, x.probability, x.dissent, x.reasoning, x.assessor,
  x.citation_id as "citationId", x.actor_id as "actorId", x.recorded_at as "recordedAt"`;
const ofHypothesis = (table: string, viewer: Viewer) => Prisma.sql`
  from ${Prisma.raw(table)} x join hypothesis h on h.id = x.hypothesis_id join node n on n.id = h.incident_id
  where ${visible(viewer, 'x')} and ${visible(viewer, 'h')} and ${visible(viewer, 'n')}`;
export const selectItems = (db: Reader, viewer: Viewer, ids: Ids) =>
  db.$queryRaw<
    EvidenceItemRow[]
  >`select ${ITEM} ${ofHypothesis('evidence_item', viewer)} and x.id = any(${[...ids]}::bigint[])`;
export const selectItemsOf = (db: Reader, viewer: Viewer, hypothesisIds: Ids) =>
  db.$queryRaw<EvidenceItemRow[]>(
    cappedPer(
      'hypothesisId',
      Prisma.sql`
    select ${ITEM} ${ofHypothesis('evidence_item', viewer)} and x.retracted_at is null and x.hypothesis_id = any(${[...hypothesisIds]}::bigint[]) order by x.id`,
    ),
  );
export const selectAssessments = (db: Reader, viewer: Viewer, ids: Ids) =>
  db.$queryRaw<
    AssessmentRow[]
  >`select ${ASSESSMENT} ${ofHypothesis('assessment', viewer)} and x.id = any(${[...ids]}::bigint[])`;
export const selectAssessmentsOf = (db: Reader, viewer: Viewer, hypothesisIds: Ids) =>
  db.$queryRaw<AssessmentRow[]>(
    cappedPer(
      'hypothesisId',
      Prisma.sql`
    select ${ASSESSMENT} ${ofHypothesis('assessment', viewer)} and x.retracted_at is null and x.hypothesis_id = any(${[...hypothesisIds]}::bigint[]) order by x.id`,
    ),
  );

const INTERVENTION = Prisma.sql`v.id, v.incident_id as "incidentId", v.title, v.description, v.outcome::text as outcome, v.caveat,
  v.occurred_at as "occurredAt", v.added_node as "addedNodeId", v.added_amount as "addedAmount", v.added_unit::text as "addedUnit",
  v.added_description as "addedDescription", v.stage::text as stage, v.citation_id as "citationId", v.actor_id as "actorId",
  v.recorded_at as "recordedAt"`;
const interventions = (viewer: Viewer) =>
  Prisma.sql`from intervention v join node n on n.id = v.incident_id where ${visible(viewer, 'v')} and ${visible(viewer, 'n')}`;
export const selectInterventions = (db: Reader, viewer: Viewer, ids: Ids) =>
  db.$queryRaw<
    InterventionRow[]
  >`select ${INTERVENTION} ${interventions(viewer)} and v.id = any(${[...ids]}::bigint[])`;
export const selectInterventionsOf = (db: Reader, viewer: Viewer, incidentIds: Ids) =>
  db.$queryRaw<InterventionRow[]>(
    cappedPer(
      'incidentId',
      Prisma.sql`
    select ${INTERVENTION} ${interventions(viewer)} and v.retracted_at is null and v.incident_id = any(${[...incidentIds]}::bigint[])
    order by v.occurred_at nulls last, v.id`,
    ),
  );

export const selectComparisonsOf = (db: Reader, interventionIds: Ids) =>
  db.$queryRaw<ComparisonRow[]>`
    select intervention_id as "interventionId", label, before_measurement_id as "beforeMeasurementId",
      after_measurement_id as "afterMeasurementId", before_result_id as "beforeResultId", after_result_id as "afterResultId"
    from intervention_comparison where intervention_id = any(${[...interventionIds]}::bigint[]) order by position`;
