'use client';

import { useMemo } from 'react';
import type { Direction, ExplorerState } from '../explorer-state.ts';
import type { PictureGraph } from '../picture-graph.ts';
import { filterGraph, type Start } from './filter-graph.ts';
import { useCarriers } from './use-carriers.ts';

const BOTH = ['UPSTREAM', 'DOWNSTREAM'] as const;

/** The graph that the chosen filters leave. Kinds are left out by the API, which knows the shares along the way. */
export function useFiltered(graph: PictureGraph, direction: Direction, state: ExplorerState) {
  const { carriers, busy, failure } = useCarriers(state.tag, state.asOf);
  const { stages, share, grown } = state;
  const left = useMemo(() => {
    if (stages.length === 0 && share === null && carriers === null)
      return { graph, hiddenNodes: 0, hiddenEdges: 0 };
    const idOf = new Map(graph.nodes.map((n) => [n.ref, n.id]));
    const starts: Start[] = [
      ...BOTH.filter((way) => direction === 'BOTH' || direction === way).map((way) => ({
        id: graph.root,
        way,
      })),
      ...grown.flatMap(({ ref, way }) => (idOf.has(ref) ? [{ id: idOf.get(ref)!, way }] : [])),
    ];
    return filterGraph(graph, starts, { stages: new Set(stages), share, carriers });
  }, [graph, direction, stages, share, grown, carriers]);
  return { graph: left.graph, hidden: { nodes: left.hiddenNodes, edges: left.hiddenEdges }, busy, failure };
}
