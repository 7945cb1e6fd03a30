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

/** So many of the writers, beginning with another in each world: over the worlds, all try equally often. */
export function writersIn(seed: number, writers: number): PrincipalName[] {
  return Array.from({ length: writers }, (_, i) => WRITERS[(seed + i) % WRITERS.length]!);
}
