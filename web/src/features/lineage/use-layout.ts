'use client';

import { useEffect, useRef, useState } from 'react';
import { type EdgePath, edgePaths } from './edge-paths.ts';
import { type Layout, layoutPicture } from './layout.ts';
import type { PictureGraph } from './picture-graph.ts';

type Paths = Map<string, EdgePath>;
type Reply = { turn: number; layout: Layout; paths: Paths };
/** A layout with its lines, and the graph that it is of. */
export type LaidOut = { layout: Layout; paths: Paths; graph: PictureGraph };

const NONE: ReadonlySet<string> = new Set();

/**
 * The layout of a graph, computed in a worker; the last one stays on screen until the next is ready. The first
 * comes with the page. Where a worker can't be started, it is computed here.
 */
export function useLayout(
  graph: PictureGraph,
  revealed: ReadonlySet<string>,
  initial: { graph: PictureGraph; layout: Layout },
): { laidOut: LaidOut; busy: boolean } {
  const [{ laidOut, revealed: drawn }, setState] = useState(() => ({
    laidOut: { ...initial, paths: edgePaths(initial.layout) },
    revealed: NONE,
  }));
  const worker = useRef<Worker | null>(null);
  const turn = useRef(0);
  // What came with the page has every fold closed, whatever the address says is open.
  const asDrawn = drawn === revealed || drawn.size + revealed.size === 0;
  const current = laidOut.graph === graph && asDrawn;

  useEffect(
    () => () => {
      worker.current?.terminate();
      worker.current = null;
    },
    [],
  );

  useEffect(() => {
    if (current) return;
    const mine = ++turn.current;
    const settle = (layout: Layout, paths: Paths) => {
      if (mine === turn.current) setState({ laidOut: { layout, paths, graph }, revealed });
    };
    const settleHere = () => {
      const layout = layoutPicture(graph, revealed);
      settle(layout, edgePaths(layout));
    };
    try {
      worker.current ??= new Worker(new URL('./layout.worker.ts', import.meta.url), { type: 'module' });
    } catch {
      settleHere();
      return;
    }
    const running = worker.current;
    const onMessage = (event: MessageEvent<Reply>) => {
      if (event.data.turn === mine) settle(event.data.layout, event.data.paths);
    };
    running.addEventListener('message', onMessage);
    running.addEventListener('error', settleHere);
    running.postMessage({ turn: mine, graph, revealed: [...revealed] });
    return () => {
      running.removeEventListener('message', onMessage);
      running.removeEventListener('error', settleHere);
    };
  }, [graph, revealed, current]);

  return { laidOut, busy: !current };
}
