'use client';

import { useEffect, useMemo, useRef, useState } from 'react';
import { ask, explain } from '@/graphql/browser.ts';
import type { Direction, ExplorerState } from './explorer-state.ts';
import { type Asked, goOn } from './go-on.ts';
import { growGraph } from './grow-graph.ts';
import { type Growth, growthText } from './growth.ts';
import { LineageDocument } from './lineage-document.ts';
import { LINEAGE_LIMIT } from './lineage-limit.ts';
import type { NodeKind, PictureGraph } from './picture-graph.ts';
import { readLineage } from './read-lineage.ts';

type Props = {
  refOf: string;
  direction: Direction;
  initial: PictureGraph;
  initialKnownOn: string | null;
  state: Pick<ExplorerState, 'asOf' | 'kinds' | 'grown' | 'more'>;
};

/** What is on screen besides what was grown: for one moment and one choice of kinds, gone on with `rounds` times. */
type Base = { key: string; graph: PictureGraph; rounds: number };
type Part = { key: string; graph: PictureGraph };

const keyOf = (knownOn: string | null, kinds: readonly NodeKind[]) => `${knownOn} ${kinds.join('.')}`;

/** The graph on screen: the one that came with the page, asked again for another view, gone on with and grown. */
export function useLineage({ refOf, direction, initial, initialKnownOn, state }: Props) {
  const { asOf, kinds, grown, more } = state;
  const key = keyOf(asOf, kinds);
  const start = (): Base => ({ key: keyOf(initialKnownOn, []), graph: initial, rounds: 0 });
  const [base, setBase] = useState(start);
  const [parts, setParts] = useState<ReadonlyMap<string, Part>>(new Map());
  const [busy, setBusy] = useState(0);
  const [failure, setFailure] = useState<string | null>(null);
  const asking = useRef(new Set<string>());

  const fresh = useRef(initial);
  if (fresh.current !== initial) {
    fresh.current = initial;
    setBase(start());
  }

  const read = async ({ ref, direction: way, maxDepth, skip = 0 }: Asked, signal?: AbortSignal) => {
    const variables = { ref, direction: way, maxDepth, knownOn: asOf, limit: LINEAGE_LIMIT, skip };
    setBusy((n) => n + 1);
    try {
      const answer = await ask(LineageDocument, { ...variables, kinds: kinds.length ? kinds : null }, signal);
      if (answer.kind !== 'data') return explain(answer);
      return answer.data.lineageNode ? readLineage(answer.data.lineageNode.lineage) : null;
    } finally {
      setBusy((n) => n - 1);
    }
  };
  const reading = useRef(read);
  reading.current = read;

  useEffect(() => {
    if (base.key === key) return;
    const abort = new AbortController();
    setFailure(null);
    reading.current({ ref: refOf, direction, maxDepth: null }, abort.signal).then(
      (graph) => {
        if (typeof graph === 'string') setFailure(graph);
        else if (!graph) setFailure('Nothing was recorded under this name on that date.');
        else setBase({ key, graph, rounds: 0 });
      },
      () => undefined,
    );
    return () => abort.abort();
  }, [refOf, direction, key, base.key]);

  useEffect(() => {
    if (base.key !== key || base.rounds >= more || !base.graph.truncated) return;
    const mark = `${key} round ${base.rounds}`;
    if (asking.current.has(mark)) return;
    asking.current.add(mark);
    setFailure(null);
    goOn(base.graph, direction, (asked) => reading.current(asked)).then(({ graph, failed }) => {
      asking.current.delete(mark);
      if (failed) setFailure(failed);
      setBase((old) => (old === base ? { key, graph, rounds: base.rounds + 1 } : old));
    });
  }, [base, key, more, direction]);

  useEffect(() => {
    for (const growth of grown) {
      const name = growthText(growth);
      const mark = `${key} ${name}`;
      if (parts.get(name)?.key === key || asking.current.has(mark)) continue;
      asking.current.add(mark);
      reading.current(askFor(growth)).then((graph) => {
        asking.current.delete(mark);
        if (typeof graph === 'string') setFailure(graph);
        else if (graph) setParts((old) => new Map(old).set(name, { key, graph }));
      });
    }
  }, [grown, key, parts]);

  const graph = useMemo(() => {
    return grown.reduce((graph, growth) => {
      const part = parts.get(growthText(growth));
      return part?.key === base.key ? growGraph(graph, part.graph, growth, direction) : graph;
    }, base.graph);
  }, [base, grown, parts, direction]);

  return { graph, busy: busy > 0, failure, stale: base.key !== key };
}

const askFor = ({ ref, way, all }: Growth): Asked => ({ ref, direction: way, maxDepth: all ? null : 1 });
