import type { DrawnEdge } from '../collapse.ts';
import type { EdgePath } from '../edge-paths.ts';
import { COLUMN, type PlacedNode } from '../layout.ts';

/** Things that stand near one another, which are drawn, kept and left together. */
export type Cell<T> = { key: string; x: number; y: number; things: readonly T[] };

/** In units of the picture: two or three boxes of one column. A window shows about seven columns, and a dozen parts of each. */
export const CELL = { width: COLUMN, height: 128 };

/** The things by the part of the picture that they stand in, in their order; `x` and `y` count parts. */
export function inCells<T>(
  things: Iterable<T>,
  placeOf: (thing: T) => { x: number; y: number },
  size: { width: number; height: number },
): Cell<T>[] {
  const cells = new Map<string, Cell<T> & { things: T[] }>();
  for (const thing of things) {
    const place = placeOf(thing);
    const [x, y] = [Math.floor(place.x / size.width), Math.floor(place.y / size.height)];
    const key = `${x} ${y}`;
    const cell = cells.get(key);
    if (cell) cell.things.push(thing);
    else cells.set(key, { key, x, y, things: [thing] });
  }
  return [...cells.values()];
}

/** All lines that lead from the boxes of one part, in row `y`, to those of another, or of the same one. */
export type LinePart = { key: string; y: number; to: string; things: readonly DrawnEdge[] };

/** What stands where in a picture, found once for it, so that a movement looks at parts and not at single things. */
export type PictureCells = {
  boxes: readonly Cell<PlacedNode>[];
  /** The part that a box stands in. */
  cellOf: ReadonlyMap<string, Cell<PlacedNode>>;
  /** By the part that their downstream ends stand in. */
  lines: ReadonlyMap<string, readonly LinePart[]>;
};

export function pictureCells(
  nodes: readonly PlacedNode[],
  edges: readonly DrawnEdge[],
  paths: ReadonlyMap<string, EdgePath>,
): PictureCells {
  const boxes = inCells(nodes, (node) => node, CELL);
  const cellOf = new Map(boxes.flatMap((cell) => cell.things.map(({ id }) => [id, cell] as const)));
  const lines = new Map<string, Map<string, LinePart & { things: DrawnEdge[] }>>();
  for (const edge of edges) {
    const from = cellOf.get(edge.downstream);
    const to = cellOf.get(edge.upstream)?.key;
    if (from === undefined || to === undefined || !paths.has(edge.id)) continue;
    const parts = lines.get(from.key) ?? new Map<string, LinePart & { things: DrawnEdge[] }>();
    lines.set(from.key, parts);
    const part = parts.get(to);
    if (part) part.things.push(edge);
    else parts.set(to, { key: `${from.key} ${to}`, y: from.y, to, things: [edge] });
  }
  return {
    boxes,
    cellOf,
    lines: new Map([...lines].map(([key, parts]) => [key, [...parts.values()]])),
  };
}

/** The parts of lines whose both ends stand in one of `there`. */
export function linesWithin(cells: PictureCells, there: ReadonlySet<string>): LinePart[] {
  return [...there].flatMap((key) => (cells.lines.get(key) ?? []).filter(({ to }) => there.has(to)));
}

/** Parts by the row that they stand in, or begin in, from the top: a row that changed its place would be drawn anew. */
export function inRows<P extends { y: number }>(parts: Iterable<P>): { y: number; parts: P[] }[] {
  const rows = new Map<number, P[]>();
  for (const part of parts) {
    const row = rows.get(part.y);
    if (row) row.push(part);
    else rows.set(part.y, [part]);
  }
  return [...rows].map(([y, parts]) => ({ y, parts })).sort((a, b) => a.y - b.y);
}

/** Whether two readings of a component's properties are alike, `things` one by one. */
export function alike<P extends { things: readonly unknown[] }>(before: P, now: P): boolean {
  for (const name in now) {
    if (name !== 'things' && before[name] !== now[name]) return false;
  }
  return sameThings(before.things, now.things);
}

const sameThings = (one: readonly unknown[], other: readonly unknown[]): boolean =>
  one === other || (one.length === other.length && one.every((thing, i) => thing === other[i]));
