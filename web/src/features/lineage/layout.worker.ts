import { edgePaths } from './edge-paths.ts';
import { layoutPicture } from './layout.ts';
import type { PictureGraph } from './picture-graph.ts';

type Request = { turn: number; graph: PictureGraph; revealed: string[] };

self.addEventListener('message', (event: MessageEvent<Request>) => {
  const { turn, graph, revealed } = event.data;
  const layout = layoutPicture(graph, new Set(revealed));
  self.postMessage({ turn, layout, paths: edgePaths(layout) });
});
