'use client';

import { useCallback, useEffect, useState } from 'react';
import { ask, explain } from '@/graphql/browser.ts';
import { LineageDocument } from './lineage-document.ts';
import { LINEAGE_LIMIT } from './lineage-limit.ts';
import { mergeGraphs, type PictureGraph } from './picture-graph.ts';
import { readLineage } from './read-lineage.ts';

/** As many frontier nodes as one "continue" asks for, so that one click is one bounded piece of work. */
const FRONTIER_AT_ONCE = 20;

type Props = {
  refOf: string;
  direction: 'UPSTREAM' | 'DOWNSTREAM';
  initial: PictureGraph;
  initialKnownOn: string | null;
  knownOn: string | null;
};

/** The graph on screen: the one that came with the page, asked again for another date, and gone on with. */
export function useLineage({ refOf, direction, initial, initialKnownOn, knownOn }: Props) {
  const [state, setState] = useState({ graph: initial, knownOn: initialKnownOn });
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<string | null>(null);

  useEffect(() => setState({ graph: initial, knownOn: initialKnownOn }), [initial, initialKnownOn]);

  useEffect(() => {
    if (state.knownOn === knownOn) return;
    const abort = new AbortController();
    setBusy(true);
    setFailure(null);
    ask(LineageDocument, { ref: refOf, direction, knownOn, limit: LINEAGE_LIMIT }, abort.signal).then(
      (answer) => {
        setBusy(false);
        if (answer.kind !== 'data') setFailure(explain(answer));
        else if (!answer.data.lineageNode) setFailure('Nothing was recorded under this name on that date.');
        else setState({ graph: readLineage(answer.data.lineageNode.lineage), knownOn });
      },
      () => undefined,
    );
    return () => {
      abort.abort();
      setBusy(false);
    };
  }, [refOf, direction, knownOn, state.knownOn]);

  const goOn = useCallback(async () => {
    const frontier = state.graph.truncated?.frontier ?? [];
    const next = frontier.slice(0, FRONTIER_AT_ONCE);
    setBusy(true);
    setFailure(null);
    let graph = state.graph;
    const left = new Set(frontier.slice(FRONTIER_AT_ONCE));
    for (const ref of next) {
      const answer = await ask(LineageDocument, { ref, direction, knownOn, limit: LINEAGE_LIMIT });
      if (answer.kind !== 'data') {
        left.add(ref);
        setFailure(explain(answer));
        continue;
      }
      if (!answer.data.lineageNode) continue;
      const more = readLineage(answer.data.lineageNode.lineage);
      for (const further of more.truncated?.frontier ?? []) left.add(further);
      graph = mergeGraphs(graph, more);
    }
    const truncated = left.size
      ? { reason: state.graph.truncated?.reason ?? 'The answer was cut.', frontier: [...left] }
      : null;
    setState({ graph: { ...graph, truncated }, knownOn });
    setBusy(false);
  }, [state.graph, direction, knownOn]);

  return { graph: state.graph, busy, failure, goOn };
}
