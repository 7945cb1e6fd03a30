'use client';

import { useEffect, useRef, useState } from 'react';
import { type Layout, layoutPicture } from './layout.ts';
import type { PictureGraph } from './picture-graph.ts';

type Reply = { turn: number; layout: Layout };

/**
 * The layout of a graph, computed in a worker; the last one stays on screen until the next is ready. The first
 * comes with the page. Where a worker can't be started, it is computed here. `of` is the graph that is laid out.
 */
export function useLayout(
  graph: PictureGraph,
  revealed: ReadonlySet<string>,
  initial: { graph: PictureGraph; layout: Layout },
): { layout: Layout; of: PictureGraph; busy: boolean } {
  const [state, setState] = useState({ layout: initial.layout, graph: initial.graph, revealed });
  const worker = useRef<Worker | null>(null);
  const turn = useRef(0);
  const current = state.graph === graph && state.revealed === revealed;

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
    const settle = (layout: Layout) => {
      if (mine === turn.current) setState({ layout, graph, revealed });
    };
    try {
      worker.current ??= new Worker(new URL('./layout.worker.ts', import.meta.url), { type: 'module' });
    } catch {
      settle(layoutPicture(graph, revealed));
      return;
    }
    const running = worker.current;
    const onMessage = (event: MessageEvent<Reply>) => {
      if (event.data.turn === mine) settle(event.data.layout);
    };
    const onError = () => settle(layoutPicture(graph, revealed));
    running.addEventListener('message', onMessage);
    running.addEventListener('error', onError);
    running.postMessage({ turn: mine, graph, revealed: [...revealed] });
    return () => {
      running.removeEventListener('message', onMessage);
      running.removeEventListener('error', onError);
    };
  }, [graph, revealed, current]);

  return { layout: state.layout, of: state.graph, busy: !current };
}
