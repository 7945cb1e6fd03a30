import type { Option } from '@/ui/Combobox.tsx';
import { KIND_WORDS } from './lineage-words.ts';
import type { PictureGraph } from './picture-graph.ts';

const OFFERED = 30;

/** The nodes of a graph, to be chosen from by typing. */
export const nodeOptions =
  (graph: PictureGraph) =>
  async (typed: string): Promise<Option[]> => {
    const text = typed.toLowerCase();
    return graph.nodes
      .filter((n) => `${n.label} ${n.ref}`.toLowerCase().includes(text))
      .slice(0, OFFERED)
      .map((n) => ({ value: n.ref, label: n.label, detail: KIND_WORDS[n.kind] }));
  };

export function nodeOption(graph: PictureGraph, ref: string): Option {
  return { value: ref, label: graph.nodes.find((n) => n.ref === ref)?.label ?? ref };
}
