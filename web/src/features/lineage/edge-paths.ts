import type { DrawnEdge } from './collapse.ts';
import type { Bend, Layout, PlacedNode, PlacedStub } from './layout.ts';
import { edgeWidth, shareWidth } from './thickness.ts';

export type EdgePath = { id: string; d: string; width: number; midX: number; midY: number };

type Box = { x: number; y: number; width: number; height: number };
type End = { edge: string; node: string; width: number; other: number };

/**
 * The line of every edge and stub. Where several leave one side of a box they are spread over it in the order
 * of their other ends, so that they part without crossing.
 */
export function edgePaths(layout: Layout): Map<string, EdgePath> {
  const boxes = new Map<string, Box>();
  for (const box of [...layout.nodes, ...layout.stubs]) boxes.set(box.id, box);
  const all = [...layout.edges.map(fromEdge), ...layout.stubs.map(fromStub)];
  const leaving: End[] = [];
  const arriving: End[] = [];
  for (const line of all) {
    const a = boxes.get(line.down);
    const b = boxes.get(line.up);
    if (!a || !b || b.x <= a.x) continue;
    leaving.push({ edge: line.id, node: line.down, width: line.width, other: centre(b) });
    arriving.push({ edge: line.id, node: line.up, width: line.width, other: centre(a) });
  }
  const from = spread(leaving, boxes);
  const to = spread(arriving, boxes);
  const paths = new Map<string, EdgePath>();
  for (const line of all) {
    const a = boxes.get(line.down);
    const b = boxes.get(line.up);
    if (!a || !b) continue;
    const drawn =
      b.x > a.x
        ? forward(a, b, from.get(line.id)!, to.get(line.id)!, layout.bends[line.id] ?? [])
        : b.x === a.x
          ? within(a, b, nextTo(a, b, boxes))
          : back(a, b);
    paths.set(line.id, { id: line.id, width: line.width, ...drawn });
  }
  return paths;
}

type Line = { id: string; down: string; up: string; width: number };

function fromEdge(e: DrawnEdge): Line {
  return { id: e.id, down: e.downstream, up: e.upstream, width: edgeWidth(e) };
}

function fromStub(s: PlacedStub): Line {
  return { id: s.id, down: s.of, up: s.id, width: shareWidth(s.shareUpper) };
}

const centre = (b: Box) => b.y + b.height / 2;

function spread(ends: End[], boxes: Map<string, Box>): Map<string, number> {
  const sides = new Map<string, End[]>();
  for (const end of ends) {
    const side = sides.get(end.node);
    if (side) side.push(end);
    else sides.set(end.node, [end]);
  }
  const at = new Map<string, number>();
  for (const [node, side] of sides) {
    const box = boxes.get(node)!;
    side.sort((a, b) => a.other - b.other);
    const total = side.reduce((sum, e) => sum + e.width + 1, 0);
    const room = box.height - 8;
    const scale = Math.min(1, room / total);
    let y = centre(box) - (total * scale) / 2;
    for (const end of side) {
      const step = (end.width + 1) * scale;
      at.set(end.edge, y + step / 2);
      y += step;
    }
  }
  return at;
}

const r = (n: number) => Math.round(n * 10) / 10;

function forward(a: Box, b: Box, y1: number, y2: number, bends: readonly Bend[]) {
  let x = a.x + a.width;
  let y = y1;
  let d = `M${r(x)},${r(y)}`;
  for (const stop of [...bends, { fromX: b.x, toX: b.x, y: y2 }]) {
    const bend = Math.max(24, Math.min(160, (stop.fromX - x) * 0.5));
    d += ` C${r(x + bend)},${r(y)} ${r(stop.fromX - bend)},${r(stop.y)} ${r(stop.fromX)},${r(stop.y)}`;
    if (stop.toX > stop.fromX) d += ` L${r(stop.toX)},${r(stop.y)}`;
    x = stop.toX;
    y = stop.y;
  }
  const middle = bends[Math.floor(bends.length / 2)];
  if (middle) return { d, midX: (middle.fromX + middle.toX) / 2, midY: middle.y };
  return { d, midX: (a.x + a.width + b.x) / 2, midY: (y1 + y2) / 2 };
}

/** Whether nothing stands between two boxes of one column. */
function nextTo(a: Box, b: Box, boxes: Map<string, Box>): boolean {
  const [low, high] = a.y < b.y ? [a.y, b.y] : [b.y, a.y];
  for (const box of boxes.values()) if (box.x === a.x && box.y > low && box.y < high) return false;
  return true;
}

/** One above the other, as training stages are: straight where they are neighbours, else round the left side. */
function within(a: Box, b: Box, neighbours: boolean) {
  const x = a.x + 26;
  const [y1, y2] = b.y < a.y ? [a.y, b.y + b.height] : [a.y + a.height, b.y];
  if (neighbours) return { d: `M${r(x)},${r(y1)} L${r(x)},${r(y2)}`, midX: x, midY: (y1 + y2) / 2 };
  const [c1, c2] = [centre(a), centre(b)];
  const out = a.x - 30;
  return {
    d: `M${r(a.x)},${r(c1)} C${r(out)},${r(c1)} ${r(out)},${r(c2)} ${r(b.x)},${r(c2)}`,
    midX: a.x - 22,
    midY: (c1 + c2) / 2,
  };
}

function back(a: Box, b: Box) {
  const x2 = b.x + b.width;
  const bend = Math.max(28, (a.x - x2) * 0.5);
  const [y1, y2] = [centre(a), centre(b)];
  return {
    d: `M${r(a.x)},${r(y1)} C${r(a.x - bend)},${r(y1)} ${r(x2 + bend)},${r(y2)} ${r(x2)},${r(y2)}`,
    midX: (a.x + x2) / 2,
    midY: (y1 + y2) / 2,
  };
}

/** The box that an arrow key leads to, or null at the edge of the picture. */
export function neighbour(
  layout: Layout,
  from: PlacedNode,
  key: 'ArrowUp' | 'ArrowDown' | 'ArrowLeft' | 'ArrowRight',
): PlacedNode | null {
  const byId = new Map(layout.nodes.map((n) => [n.id, n]));
  if (key === 'ArrowLeft' || key === 'ArrowRight') {
    const ends = layout.edges
      .filter((e) => (key === 'ArrowRight' ? e.downstream : e.upstream) === from.id)
      .sort((a, b) => (b.share ?? -1) - (a.share ?? -1))
      .map((e) => byId.get(key === 'ArrowRight' ? e.upstream : e.downstream));
    return ends.find((n) => n !== undefined) ?? null;
  }
  const column = layout.nodes.filter((n) => n.x === from.x).sort((a, b) => a.y - b.y);
  const index = column.findIndex((n) => n.id === from.id);
  return column[index + (key === 'ArrowDown' ? 1 : -1)] ?? null;
}
