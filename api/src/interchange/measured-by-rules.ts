import type { Tx } from '../platform/database.ts';
import { selectMeasuredBy } from './import.store.ts';
import type { ImportReport } from './import.ts';

/** The report of a file whose runs are recorded, with the behaviours that its rules measured in them. */
export async function withMeasured(
  tx: Tx,
  report: ImportReport,
  runIds: readonly bigint[],
): Promise<ImportReport> {
  const { byRules } = report;
  if (byRules === undefined) return report;
  const versions = byRules.flatMap(({ version }) => (version === null ? [] : [BigInt(version)]));
  const measured = await selectMeasuredBy(tx, runIds, versions);
  return {
    ...report,
    byRules: byRules.map((rule) =>
      rule.version === null ? rule : { ...rule, behaviors: measured.get(rule.version) ?? [] },
    ),
  };
}
