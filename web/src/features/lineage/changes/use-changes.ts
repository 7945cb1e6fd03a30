'use client';

import { useMemo } from 'react';
import { useGraphQL } from '@/graphql/browser.ts';
import type { Direction } from '../explorer-state.ts';
import { LineageChangesDocument } from '../lineage-document.ts';
import { CHANGES_LIMIT } from '../lineage-limit.ts';
import type { PictureGraph } from '../picture-graph.ts';
import { changeLines, marksOf, momentsOf } from './change-marks.ts';
import { stopsOf } from './moments.ts';

/** What changed between the earlier moment and the one shown; null while none is asked for or it is not known. */
export function useChanges(of: string, direction: Direction, since: string | null, until: string | null) {
  const wanted = since !== null;
  const { data, error, isLoading } = useGraphQL(
    LineageChangesDocument,
    { of, direction, since: since ?? '', until, limit: CHANGES_LIMIT },
    { enabled: wanted, keepPrevious: true },
  );
  const found = wanted ? (data?.lineageChanges ?? null) : null;
  const changes = useMemo(
    () =>
      found && { lines: changeLines(found), marks: marksOf(found), moments: momentsOf(found), answer: found },
    [found],
  );
  return { changes, busy: wanted && isLoading, failure: wanted ? (error?.message ?? null) : null };
}

/**
 * The moments that the slider offers: all at which something on screen was recorded or taken back, and, where a past
 * moment is shown, those that came after it.
 */
export function useStops(
  graph: PictureGraph,
  of: string,
  direction: Direction,
  state: { asOf: string | null },
  known: readonly string[],
) {
  const after = useChanges(of, direction, state.asOf, null);
  const later = after.changes?.moments;
  return useMemo(() => {
    const own = [
      ...graph.nodes.map((n) => n.recordedAt),
      ...graph.edges.filter((e) => !e.contracted).map((e) => e.recordedAt),
      ...graph.edges.flatMap((e) => e.disputes.map((d) => d.recordedAt)),
    ];
    return stopsOf([...own, ...known, ...(later ?? [])]);
  }, [graph, known, later]);
}
