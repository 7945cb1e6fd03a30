'use client';

import { useMemo } from 'react';
import { useGraphQL } from '@/graphql/browser.ts';
import type { LineageDirection } from '@/graphql/generated/graphql.ts';
import { LineagePathsDocument } from '../lineage-document.ts';
import { mergeGraphs, type PictureGraph } from '../picture-graph.ts';
import { readParts } from '../read-lineage.ts';

export type Way = {
  direction: LineageDirection;
  share: number | null;
  nodes: { id: string; ref: string; label: string }[];
};

/** The shortest ways between two picked nodes, and the graph with all that is on them. */
export function usePath(graph: PictureGraph, from: string | null, to: string | null, knownOn: string | null) {
  const wanted = from !== null && to !== null && from !== to;
  const variables = { from: from ?? '', to: to ?? '', knownOn };
  const { data, error, isLoading } = useGraphQL(LineagePathsDocument, variables, { enabled: wanted });
  const found = wanted ? data?.lineagePaths : undefined;
  const whole = useMemo(() => (found ? found.reduce(withWay, graph) : graph), [graph, found]);
  const ways: Way[] | null = useMemo(
    () => found?.map(({ direction, share, nodes }) => ({ direction, share, nodes })) ?? null,
    [found],
  );
  return { whole, ways, busy: wanted && isLoading, failure: wanted ? (error?.message ?? null) : null };
}

type Found = { nodes: Parameters<typeof readParts>[0]; edges: Parameters<typeof readParts>[1] };

function withWay(graph: PictureGraph, way: Found): PictureGraph {
  const { nodes, edges } = readParts(way.nodes, way.edges);
  return mergeGraphs(graph, { ...graph, nodes, edges, unaccounted: [] });
}
