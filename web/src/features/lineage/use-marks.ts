'use client';

import { useMemo } from 'react';
import type { ChangeMarks } from './changes/change-marks.ts';
import type { ExplorerState } from './explorer-state.ts';
import type { Layout } from './layout.ts';
import { edgesOnPaths, markPaths } from './path/mark-path.ts';
import type { Way } from './path/use-path.ts';
import type { PictureMarks } from './picture/picture-model.ts';
import type { NodeKind, PictureEdge, PictureGraph } from './picture-graph.ts';
import type { RowMarks } from './table-rows.ts';

/** The box whose panel is open; a node that is written into another's box has none drawn, but can be open. */
export type OpenBox = { kind: NodeKind; members: readonly string[]; folded: boolean };

const NO_IDS: ReadonlySet<string> = new Set();

/** What picture and table mark alike: what is open, the ways between picked nodes, what changed, where more lies. */
export function useMarks(
  graph: PictureGraph,
  layout: Layout,
  state: ExplorerState,
  ways: Way[] | null,
  changes: ChangeMarks | null,
) {
  const open = useMemo(
    () => openThings(graph, layout, state.at, state.edge),
    [graph, layout, state.at, state.edge],
  );
  const routes = useMemo(() => ways?.map((way) => way.nodes.map((n) => n.id)) ?? null, [ways]);
  const picture: PictureMarks = useMemo(() => {
    const edgeMarks = new Map<string, '+' | 'Δ'>();
    for (const e of changes ? layout.edges : []) {
      if (e.edges.some((id) => changes?.addedEdges.has(id))) edgeMarks.set(e.id, '+');
      else if (e.edges.some((id) => changes?.shares.has(id))) edgeMarks.set(e.id, 'Δ');
    }
    const added = layout.nodes.filter((n) => n.members.some((id) => changes?.addedNodes.has(id)));
    return {
      selected: open.selected,
      selectedEdge: open.selectedEdge,
      path: routes && routes.length > 0 ? markPaths(routes, layout) : null,
      added: new Set(added.map((n) => n.id)),
      edgeMarks,
      open: openEnds(graph, layout),
    };
  }, [graph, layout, open, routes, changes]);
  const table: RowMarks = useMemo(
    () => ({
      path: routes ? edgesOnPaths(routes, graph) : NO_IDS,
      added: changes?.addedEdges ?? NO_IDS,
      shares: changes?.shares ?? NO_IDS,
    }),
    [graph, routes, changes],
  );
  return { picture, table, box: open.box, edges: open.edges };
}

function openThings(graph: PictureGraph, layout: Layout, at: string | null, edge: string | null) {
  const node = at === null ? undefined : graph.nodes.find((n) => n.ref === at);
  const drawn = node && layout.nodes.find((n) => n.members.includes(node.id));
  const box: OpenBox | null = drawn ?? (node ? { kind: node.kind, members: [node.id], folded: false } : null);
  const line = edge === null ? undefined : layout.edges.find((e) => e.edges.includes(edge));
  const ids = new Set(edge === null ? [] : (line?.edges ?? [edge]));
  const edges: PictureEdge[] = graph.edges.filter((e) => ids.has(e.id));
  return { box, selected: drawn?.id ?? null, edges, selectedEdge: line?.id ?? null };
}

/** The boxes beyond which more is recorded than is drawn. */
function openEnds(graph: PictureGraph, layout: Layout): ReadonlySet<string> {
  const refs = new Set([...(graph.truncated?.frontier ?? []), ...(graph.open ?? [])]);
  if (refs.size === 0) return NO_IDS;
  const ids = new Set(graph.nodes.filter((n) => refs.has(n.ref)).map((n) => n.id));
  return new Set(layout.nodes.filter((n) => n.members.some((id) => ids.has(id))).map((n) => n.id));
}
