// Where a typed reference is looked for, for one reference or for many.
import type { NodeRef } from './node-ref.ts';

export type Place = NodeRef & { namespace: string };

/** Places in order of preference; within one step, two finds are ambiguous. */
export function placesOf(ref: NodeRef, namespaces: readonly string[]): Place[][] {
  const { kind, name, version } = ref;
  const own: Place[] = [];
  for (const namespace of namespaces) if (namespace !== '') own.push({ kind, namespace, name, version });
  const steps: Place[][] = [own, [{ kind, namespace: '', name, version }]];
  const slash = name.indexOf('/');
  if (slash > 0)
    steps.push([{ kind, namespace: name.slice(0, slash), name: name.slice(slash + 1), version }]);
  return steps;
}

/** The same for two places only where they are one; the lengths tell where each part ends, whatever is in it. */
export function placeKey({ kind, namespace, name, version }: Place): string {
  return `${kind} ${namespace.length} ${name.length} ${namespace}${name}${version === null ? '' : `@${version}`}`;
}

export const nothingCalled = (ref: string) => `There is no "${ref}".`;

export const ambiguous = (ref: string) =>
  `"${ref}" could mean several things; write the team's namespace before the name.`;
