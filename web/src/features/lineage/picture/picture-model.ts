import { absorbTransformations } from '../absorb.ts';
import type { Layout, PlacedNode } from '../layout.ts';
import type { PictureNode } from '../picture-graph.ts';
import { type Joins, joinsOf } from '../upstream-path.ts';
import type { LaidOut } from '../use-layout.ts';
import { type PictureCells, pictureCells } from './cells.ts';
import { type Extents, extentsOf } from './view-window.ts';

/** What drawing a layout looks things up in: made once for each layout, so that a movement only looks up. */
export type PictureModel = {
  layout: Layout;
  root: string;
  nodes: ReadonlyMap<string, PictureNode>;
  placed: ReadonlyMap<string, PlacedNode>;
  members: ReadonlyMap<string, PictureNode[]>;
  /** The largest share that a node has of anything. */
  shares: ReadonlyMap<string, number>;
  paths: LaidOut['paths'];
  joins: Joins;
  cells: PictureCells;
  extents: Extents;
};

export function pictureModel({ graph: recorded, layout, paths }: LaidOut): PictureModel {
  const graph = absorbTransformations(recorded);
  const nodes = new Map(graph.nodes.map((n) => [n.id, n]));
  const shares = new Map<string, number>();
  for (const e of graph.edges) {
    if (e.share !== null) shares.set(e.upstream, Math.max(shares.get(e.upstream) ?? 0, e.share));
  }
  const cells = pictureCells(layout.nodes, layout.edges, paths);
  return {
    layout,
    root: graph.root,
    nodes,
    placed: new Map(layout.nodes.map((n) => [n.id, n])),
    members: new Map(
      layout.nodes.map((n) => [n.id, n.members.flatMap((id) => (nodes.has(id) ? [nodes.get(id)!] : []))]),
    ),
    shares,
    paths,
    joins: joinsOf(layout.edges),
    cells,
    extents: extentsOf(layout, paths, cells),
  };
}

/** What the picture marks besides: what is open or selected, a way that was asked for, what is new. */
export type PictureMarks = {
  selected: string | null;
  selectedEdge: string | null;
  /** Boxes and lines on the ways between two picked nodes; null where none are picked. */
  path: { nodes: ReadonlySet<string>; edges: ReadonlySet<string> } | null;
  added: ReadonlySet<string>;
  edgeMarks: ReadonlyMap<string, '+' | 'Δ'>;
  open: ReadonlySet<string>;
};
