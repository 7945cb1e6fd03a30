import type { Change } from '../access/change.ts';
import { type ConditionToRecord, ensureConditionRows } from './condition.store.ts';

/**
 * The ids, by name, of the conditions under which figures of a version were taken; made where it has none of these. None
 * is registered with the version, which may be seen by more people than the run: they are seen with its figures.
 */
export async function ensureConditions(
  change: Change,
  evaluationVersionId: bigint,
  conditions: readonly Pick<ConditionToRecord, 'name' | 'factors'>[],
): Promise<Map<string, bigint>> {
  const first = new Map<string, (typeof conditions)[number]>();
  for (const condition of conditions) if (!first.has(condition.name)) first.set(condition.name, condition);
  return ensureConditionRows(change.tx, evaluationVersionId, [...first.values()]);
}
