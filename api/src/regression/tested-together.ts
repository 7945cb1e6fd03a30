// Which measurements p is corrected over: those that everybody sees who is told what the rule says of one of them.
import { type Guard, seenWhoeverIsNamed, type Teams } from '../access/audience-sight.ts';

/** Who may see what is said of a measurement. */
export interface Sighted {
  measurementId: bigint;
  evalRunId: bigint;
  /** Who may see each of what it is told with: its run, what decides whether it may be compared, and the rule. */
  guards: readonly Guard[];
  /** The ways from its run to a model of the family, of which whoever is told of it sees one or another. */
  ways: readonly Guard[];
}

/** By measurement, itself among them. */
export type TestedTogether = ReadonlyMap<bigint, ReadonlySet<bigint>>;

/**
 * For each measurement, those that everybody sees who sees what is said of it. By the number that its p is corrected for,
 * and by a verdict that this moves, nobody learns then of one that they do not see. Where it is not certain that they do,
 * the other is left out.
 */
export function testedTogether(all: readonly Sighted[], teams: Teams): TestedTogether {
  const known = new Map<string, boolean>();
  const keys = new Map(all.map((one) => [one, JSON.stringify([keysOf(one.guards), keysOf(one.ways)])]));
  const isSeen = (one: Sighted, other: Sighted): boolean => {
    const sameRun = one.evalRunId === other.evalRunId;
    const key = `${keys.get(one)} ${keys.get(other)} ${sameRun}`;
    const held = known.get(key) ?? seenWith(one, other, sameRun, teams);
    known.set(key, held);
    return held;
  };
  return new Map(
    all.map((one) => {
      const seen = all.filter((other) => other === one || isSeen(one, other));
      return [one.measurementId, new Set(seen.map(({ measurementId }) => measurementId))];
    }),
  );
}

function seenWith(one: Sighted, other: Sighted, sameRun: boolean, teams: Teams): boolean {
  // Whoever sees one way from a run to the family is told of all that was measured in it.
  const others = sameRun ? other.guards : [...other.guards, ...other.ways];
  return areSeenWith(one.guards, others, teams);
}

/** Whether it is certain that whoever sees all of these rows sees each of the others. */
export function areSeenWith(guards: readonly Guard[], others: readonly Guard[], teams: Teams): boolean {
  const own = new Set(keysOf(guards));
  return others.every(
    (wide) => own.has(keyOf(wide)) || guards.some((narrow) => seenWhoeverIsNamed(narrow, wide, teams)),
  );
}

const keysOf = (guards: readonly Guard[]): string[] => guards.map(keyOf).sort();

/** The same of two rows that the same people see. */
const keyOf = ({ visibility, teamId, actorId, embargoed, named }: Guard): string =>
  [visibility, teamId, actorId, embargoed, ...[...named].map(String).sort()].join();

/** Measurements of which the same is tested together, with all of that. */
export function inGroups(
  ids: readonly bigint[],
  together: TestedTogether,
): { ids: bigint[]; with: bigint[] }[] {
  const groups = new Map<string, { ids: bigint[]; with: bigint[] }>();
  for (const id of ids) {
    const family = [...(together.get(id) ?? [id])];
    const key = family.map(String).sort().join();
    const group = groups.get(key) ?? { ids: [], with: family };
    group.ids.push(id);
    groups.set(key, group);
  }
  return [...groups.values()];
}
