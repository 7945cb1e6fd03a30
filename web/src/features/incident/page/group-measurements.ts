/** Measurements put together only where evaluation version and condition are the same. */

interface Groupable {
  rate?: number | null;
  condition?: { name: string; description?: string | null } | null;
  evalRun: { evaluationVersion: { label: string; evaluation: { name: string } } };
}

export interface MeasurementGroup<Row> {
  key: string;
  evaluation: string;
  evaluationName: string;
  condition: string | null;
  description: string | null;
  rows: Row[];
}

/** Groups in the order of their first row, the highest rate first in each, unscored last. */
export function groupComparable<Row extends Groupable>(rows: readonly Row[]): MeasurementGroup<Row>[] {
  const groups = new Map<string, MeasurementGroup<Row>>();
  for (const row of rows) {
    const { label, evaluation } = row.evalRun.evaluationVersion;
    const key = JSON.stringify([evaluation.name, label, row.condition?.name ?? null]);
    const group = groups.get(key) ?? {
      key,
      evaluation: label,
      evaluationName: evaluation.name,
      condition: row.condition?.name ?? null,
      description: row.condition?.description ?? null,
      rows: [],
    };
    group.rows.push(row);
    groups.set(key, group);
  }
  for (const group of groups.values()) group.rows.sort((a, b) => (b.rate ?? -1) - (a.rate ?? -1));
  return [...groups.values()];
}
