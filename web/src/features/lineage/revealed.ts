import { absorbTransformations } from './absorb.ts';
import { collapse } from './collapse.ts';
import type { PictureGraph } from './picture-graph.ts';

const NONE: ReadonlySet<string> = new Set();

/** The nodes that stay out of every fold: those drawn by themselves, and all of the folds that are drawn whole. */
export function revealedBy(
  graph: PictureGraph,
  drawn: readonly string[],
  unfolded: readonly string[],
): ReadonlySet<string> {
  if (drawn.length + unfolded.length === 0) return NONE;
  const idOf = new Map(graph.nodes.map((n) => [n.ref, n.id]));
  const revealed = new Set(drawn.flatMap((ref) => idOf.get(ref) ?? []));
  for (const ref of unfolded) {
    const id = idOf.get(ref);
    if (id === undefined) continue;
    const { nodes } = collapse(absorbTransformations(graph), revealed);
    for (const member of nodes.find((n) => n.members.includes(id))?.members ?? []) revealed.add(member);
  }
  return revealed;
}
