// Where a typed reference is looked for, for one reference or for many.
import type { NodeRef } from './node-ref.ts';

export type Place = NodeRef & { namespace: string };

/** Places in order of preference; within one step, two finds are ambiguous. */
export function placesOf(ref: NodeRef, namespaces: readonly string[]): Place[][] {
  const own = namespaces.filter((n) => n !== '').map((namespace) => ({ ...ref, namespace }));
  const steps: Place[][] = [own, [{ ...ref, namespace: '' }]];
  const slash = ref.name.indexOf('/');
  if (slash > 0)
    steps.push([{ ...ref, namespace: ref.name.slice(0, slash), name: ref.name.slice(slash + 1) }]);
  return steps;
}

export function placeKey(place: Place): string {
  return JSON.stringify([place.kind, place.namespace, place.name, place.version]);
}

export const nothingCalled = (ref: string) => `There is no "${ref}".`;

export const ambiguous = (ref: string) =>
  `"${ref}" could mean several things; write the team's namespace before the name.`;
