import type { Context } from '../context.ts';
import type { Comparability } from '../evaluation/comparability.ts';
import type { MeasurementRow, ReportedResultRow } from '../evaluation/evaluation.ts';
import { comparability } from '../evaluation/read-comparability.ts';
import { measurementById, reportedResultById } from '../evaluation/read-eval-runs.ts';
import { suspectById } from '../incident/read-incidents.ts';
import { groupRows, loadsMany, loadsOne } from '../platform/loader.ts';
import {
  selectAssessments,
  selectAssessmentsOf,
  selectComparisonsOf,
  selectHypotheses,
  selectHypothesesOf,
  selectInterventions,
  selectInterventionsOf,
  selectItems,
  selectItemsOf,
  selectSuspectIdsOf,
} from './investigation.store.ts';
import type { ComparisonRow } from './investigation.ts';
import { judge, type Side, type Verdict } from './verdict.ts';

const byId = <R extends { id: bigint }>(rows: readonly R[]) => new Map(rows.map((row) => [row.id, row]));

export const hypothesisById = loadsOne('hypothesisById', async (c: Context, ids) =>
  byId(await selectHypotheses(c.db, c.viewer, ids)),
);
export const evidenceItemById = loadsOne('evidenceItemById', async (c: Context, ids) =>
  byId(await selectItems(c.db, c.viewer, ids)),
);
export const assessmentById = loadsOne('assessmentById', async (c: Context, ids) =>
  byId(await selectAssessments(c.db, c.viewer, ids)),
);
export const interventionById = loadsOne('interventionById', async (c: Context, ids) =>
  byId(await selectInterventions(c.db, c.viewer, ids)),
);

export const hypothesesOfIncident = loadsMany('hypothesesOfIncident', async (c: Context, ids) =>
  groupRows(await selectHypothesesOf(c.db, c.viewer, ids), (row) => row.incidentId),
);
export const itemsOfHypothesis = loadsMany('itemsOfHypothesis', async (c: Context, ids) =>
  groupRows(await selectItemsOf(c.db, c.viewer, ids), (row) => row.hypothesisId),
);
export const assessmentsOfHypothesis = loadsMany('assessmentsOfHypothesis', async (c: Context, ids) =>
  groupRows(await selectAssessmentsOf(c.db, c.viewer, ids), (row) => row.hypothesisId),
);
export const interventionsOfIncident = loadsMany('interventionsOfIncident', async (c: Context, ids) =>
  groupRows(await selectInterventionsOf(c.db, c.viewer, ids), (row) => row.incidentId),
);
const comparisonRows = loadsMany('comparisonRows', async (c: Context, ids) =>
  groupRows(await selectComparisonsOf(c.db, ids), (row) => row.interventionId),
);
const suspectIdsOfHypothesis = loadsMany('suspectIdsOfHypothesis', async (c: Context, ids) => {
  const groups = groupRows(await selectSuspectIdsOf(c.db, ids), (row) => row.hypothesisId);
  return new Map([...groups].map(([hypothesis, rows]) => [hypothesis, rows.map((row) => row.suspectId)]));
});

export async function suspectsOfHypothesis(context: Context, id: bigint) {
  const ids = await context.load(suspectIdsOfHypothesis, id);
  const suspects = await Promise.all(ids.map((suspect) => context.load(suspectById, suspect)));
  return suspects.filter((suspect) => suspect !== null);
}

export interface Comparison extends Verdict {
  label: string;
  beforeMeasurement: MeasurementRow | null;
  afterMeasurement: MeasurementRow | null;
  beforeResult: ReportedResultRow | null;
  afterResult: ReportedResultRow | null;
  comparability: Comparability | null;
}

/** The comparisons of an intervention; one of which the viewer may see neither side is none for them. */
export async function comparisonsOf(context: Context, intervention: bigint): Promise<Comparison[]> {
  const rows = await context.load(comparisonRows, intervention);
  const compared = await Promise.all(rows.map((row) => compareSides(context, row)));
  return compared.filter(
    ({ beforeMeasurement, afterMeasurement, beforeResult, afterResult }) =>
      (beforeMeasurement ?? afterMeasurement ?? beforeResult ?? afterResult) !== null,
  );
}

/** A before and an after with what they honestly say, as far as the viewer may see both. */
async function compareSides(context: Context, row: ComparisonRow): Promise<Comparison> {
  const measurement = (id: bigint | null) => (id === null ? null : context.load(measurementById, id));
  const result = (id: bigint | null) => (id === null ? null : context.load(reportedResultById, id));
  const [beforeMeasurement, afterMeasurement, beforeResult, afterResult] = await Promise.all([
    measurement(row.beforeMeasurementId),
    measurement(row.afterMeasurementId),
    result(row.beforeResultId),
    result(row.afterResultId),
  ]);
  const alike =
    beforeMeasurement === null || afterMeasurement === null
      ? null
      : await comparability(context, beforeMeasurement, afterMeasurement);
  const verdict = judge(side(beforeMeasurement, beforeResult), side(afterMeasurement, afterResult), alike);
  return {
    label: row.label,
    beforeMeasurement,
    afterMeasurement,
    beforeResult,
    afterResult,
    comparability: alike,
    ...verdict,
  };
}

function side(measurement: MeasurementRow | null, result: ReportedResultRow | null): Side | null {
  if (measurement !== null) {
    const { rate, qualifier, sampleCount, exhibited, retractedAt } = measurement;
    return {
      kind: 'measurement',
      value: rate,
      unit: null,
      qualifier,
      sampleCount,
      exhibited,
      figures: measurement,
      retracted: retractedAt !== null,
    };
  }
  if (result === null) return null;
  return {
    kind: 'result',
    value: result.value,
    unit: result.unit,
    qualifier: result.qualifier,
    sampleCount: null,
    exhibited: null,
  };
}
