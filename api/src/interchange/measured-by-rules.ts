import type { Tx } from '../platform/database.ts';
import { selectMeasuredBy } from './import.store.ts';
import type { ImportReport } from './import.ts';

/**
 * The report of a file whose runs are recorded, with the behaviours that its rules measured in them. Where a rule reads what
 * its version measured in none of them, as in a run that an earlier version of it measured, of which behaviours that was is
 * not known: that there are none to be seen would tell it to all.
 */
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
    byRules: byRules.map((rule) => {
      if (rule.version === null) return rule;
      return { ...rule, behaviors: measured.get(rule.version) ?? (rule.kept.length === 0 ? [] : null) };
    }),
  };
}
