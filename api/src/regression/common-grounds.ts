// What the verdict on a measurement may rest on: what everybody sees who is told of it.
import type { Guard, Teams } from '../access/audience-sight.ts';
import type { Grounds } from '../evaluation/grounds.ts';
import { areSeenWith, type Sighted } from './tested-together.ts';

/** What is said of a run and fewer may see than the run. */
export interface Ground {
  /** An edge to what it was tested on, or the file that it was read from and whose digests tell its items apart. */
  kind: 'TESTED_ON' | 'IMPORT';
  id: bigint;
  evalRunId: bigint;
  /** What it leads to: a verdict rests on one of several edges to the same. */
  of: bigint;
  /** Who may see each of what it is told with. */
  guards: readonly Guard[];
}

export const NO_GROUNDS: Grounds = { testedOnIds: [], importIds: [] };

/**
 * By measurement. So whoever sees less than the author of a rule is told the verdict that they would have come to, and
 * whoever sees more is told the same. Where it is not certain that everybody sees something, it is left out; and what
 * only one side has, or only the other, tells nothing of them.
 */
export function commonGrounds(
  sighted: readonly Sighted[],
  baselineRunIds: readonly bigint[],
  grounds: readonly Ground[],
  teams: Teams,
): Map<bigint, Grounds> {
  return new Map(
    sighted.map((one) => {
      const seen = grounds.filter((ground) => areSeenWith(one.guards, ground.guards, teams));
      const ofKind = (kind: Ground['kind']): bigint[] => {
        const found = seen.filter((ground) => ground.kind === kind);
        const own = found.filter(({ evalRunId }) => evalRunId === one.evalRunId);
        const others = found.filter(
          ({ evalRunId }) => evalRunId !== one.evalRunId && baselineRunIds.includes(evalRunId),
        );
        return own.length === 0 || others.length === 0 ? [] : eachOnce([...own, ...others]);
      };
      return [one.measurementId, { testedOnIds: ofKind('TESTED_ON'), importIds: ofKind('IMPORT') }];
    }),
  );
}

/** The first of those that say the same of a run. */
function eachOnce(grounds: readonly Ground[]): bigint[] {
  const first = new Map<string, bigint>();
  for (const { evalRunId, of, id } of [...grounds].sort((a, b) => Number(a.id - b.id))) {
    const key = `${evalRunId} ${of}`;
    if (!first.has(key)) first.set(key, id);
  }
  return [...new Set(first.values())];
}
