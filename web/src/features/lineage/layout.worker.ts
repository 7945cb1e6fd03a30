import { layoutPicture } from './layout.ts';
import type { PictureGraph } from './picture-graph.ts';

type Request = { turn: number; graph: PictureGraph; revealed: string[] };

self.addEventListener('message', (event: MessageEvent<Request>) => {
  const { turn, graph, revealed } = event.data;
  self.postMessage({ turn, layout: layoutPicture(graph, new Set(revealed)) });
});
