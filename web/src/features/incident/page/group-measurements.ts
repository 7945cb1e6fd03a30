/**
 * Measurements put together only where behaviour, evaluation version, condition and grader version are the same. That is
 * what a row tells: what scoring rule, settings and samples they were made by may differ within a group.
 */

interface Groupable {
  rate?: number | null;
  behavior: { name: string; title: string };
  condition?: { id: string; name: string; description?: string | null } | null;
  grader?: { id: string; name: string; version: string } | null;
  evalRun: { evaluationVersion: { id: string; label: string; evaluation: { name: string } } };
}

export interface MeasurementGroup<Row> {
  key: string;
  behavior: string;
  evaluation: string;
  evaluationName: string;
  condition: string | null;
  description: string | null;
  /** Null where it is not recorded who judged: such rows stand together, and are not comparable with each other. */
  grader: string | null;
  rows: Row[];
}

/** Groups in the order of their first row, the highest rate first in each, unscored last. */
export function groupMeasurements<Row extends Groupable>(rows: readonly Row[]): MeasurementGroup<Row>[] {
  const groups = new Map<string, MeasurementGroup<Row>>();
  for (const row of rows) {
    const { behavior, condition, grader } = row;
    const { id, label, evaluation } = row.evalRun.evaluationVersion;
    const key = JSON.stringify([behavior.name, id, condition?.id ?? null, grader?.id ?? null]);
    const group = groups.get(key) ?? {
      key,
      behavior: behavior.title,
      evaluation: label,
      evaluationName: evaluation.name,
      condition: condition?.name ?? null,
      description: condition?.description ?? null,
      grader: grader ? `${grader.name} ${grader.version}` : null,
      rows: [],
    };
    group.rows.push(row);
    groups.set(key, group);
  }
  for (const group of groups.values()) group.rows.sort((a, b) => (b.rate ?? -1) - (a.rate ?? -1));
  return [...groups.values()];
}
