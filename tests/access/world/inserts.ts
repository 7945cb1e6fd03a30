import type { Row, World } from './rows.ts';

/** Tables whose rows have no id of their own, or have their node's. */
const WITHOUT_ID = new Set([
  'source',
  'dataset_version',
  'transformation',
  'model_version',
  'training_run',
  'eval_run',
  'incident',
  'incident_behavior',
  'hypothesis_suspect',
  'membership',
  'audience_member',
  'document_handle',
  'document_sighting',
  'regression_consequence',
  'sample_judgement',
]);

/** The statements that put a world's rows into an empty database: equal texts, equal worlds. */
export function inserts(world: World): string {
  const byTable = new Map<string, Row[]>();
  for (const row of world) {
    const rows = byTable.get(row.table);
    if (rows === undefined) byTable.set(row.table, [row]);
    else rows.push(row);
  }
  return [...byTable]
    .map(([table, rows]) => {
      const values = rows.map((row) => (WITHOUT_ID.has(table) ? row.values : { id: row.id, ...row.values }));
      const columns = [...new Set(values.flatMap((one) => Object.keys(one)))]
        .map((name) => `"${name}"`)
        .join(', ');
      const json = JSON.stringify(values).replaceAll("'", "''");
      return `insert into "${table}" (${columns}) select ${columns} from jsonb_populate_recordset(null::"${table}", '${json}');`;
    })
    .join('');
}
