// Who asks in pairs of worlds.
import { PRINCIPAL_NAMES, type PrincipalName } from './world/principals.ts';

/** Everybody but auditors and administrators, who read everything: nothing is hidden from them, and their two worlds are one. */
export const READERS: readonly PrincipalName[] = PRINCIPAL_NAMES.filter(
  (name) => name !== 'auditor' && name !== 'administrator',
);

export const WRITERS: readonly PrincipalName[] = [
  'labReporter',
  'author',
  'rivalInvestigator',
  'both',
  'tokenToFile',
  'tokenForLineage',
  'tokenForEvals',
  'labViewer',
];

/** So many of all, beginning with another in each world: over the worlds, all come equally often. */
export function inTurn(all: readonly PrincipalName[], seed: number, many: number): PrincipalName[] {
  return Array.from({ length: many }, (_, i) => all[(seed + i) % all.length]!);
}
