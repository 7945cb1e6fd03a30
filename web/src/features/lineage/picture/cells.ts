import type { DrawnEdge } from '../collapse.ts';
import type { EdgePath } from '../edge-paths.ts';
import type { PlacedNode } from '../layout.ts';

/** Things that stand near one another, which are drawn, kept and left together. */
export type Cell<T> = { key: string; x: number; y: number; things: readonly T[] };

/** In units of the picture. About six of them stand beside one another in a window's width, and a dozen in its height. */
export const CELL = { width: 512, height: 128 };
/** For lines and plain shapes: so large that they are few, and so small that few are read anew when something moves. */
export const FAR_CELL = { width: Number.POSITIVE_INFINITY, height: 1024 };

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

/** Many lines of about one width in one stroke. */
export type Stroke = { key: string; width: number; d: string };

/** Lines near one another, of one width in steps of 2 px: one object for all of them. */
export type StrokeKey = Omit<Stroke, 'd'>;

/** Lines that stand in one part, between boxes that are not far from it. */
export type LineCell = Cell<DrawnEdge> & {
  /** The parts that the boxes at their ends stand in. */
  ends: readonly string[];
  /** All of them, where they only pass. */
  strokes: readonly Stroke[];
  disputed: boolean;
};

/** What stands where in a picture, found once for it, so that a movement looks at parts and not at single things. */
export type PictureCells = {
  boxes: readonly Cell<PlacedNode>[];
  /** The part that a box stands in. */
  cellOf: ReadonlyMap<string, Cell<PlacedNode>>;
  lines: readonly LineCell[];
  /** Lines that go far, which belong to no part. */
  far: readonly DrawnEdge[];
  /** Into which stroke each line goes where it only passes. */
  strokes: ReadonlyMap<string, StrokeKey>;
};

/** A line that goes over more parts than this goes far. */
const NEAR = { x: 2, y: 4 };

export function pictureCells(
  nodes: readonly PlacedNode[],
  edges: readonly DrawnEdge[],
  paths: ReadonlyMap<string, EdgePath>,
): PictureCells {
  const boxes = inCells(nodes, (node) => node, CELL);
  const cellOf = new Map(boxes.flatMap((cell) => cell.things.map(({ id }) => [id, cell] as const)));
  const drawn = edges.filter(({ id }) => paths.has(id));
  const middle = ({ id }: DrawnEdge) => ({ x: paths.get(id)!.midX, y: paths.get(id)!.midY });
  const strokes = strokeKeys(drawn, paths, middle);
  const isNear = ({ downstream, upstream }: DrawnEdge) => {
    const [a, b] = [cellOf.get(downstream), cellOf.get(upstream)];
    return a && b && Math.abs(a.x - b.x) <= NEAR.x && Math.abs(a.y - b.y) <= NEAR.y;
  };
  const lines = inCells(drawn.filter(isNear), middle, CELL).map((cell) => ({
    ...cell,
    ends: [
      ...new Set(
        cell.things.flatMap((e) => [e.downstream, e.upstream]).flatMap((id) => cellOf.get(id)?.key ?? []),
      ),
    ],
    strokes: strokesOf(cell.things, paths, strokes),
    disputed: cell.things.some((e) => e.disputed > 0),
  }));
  return { boxes, cellOf, lines, far: drawn.filter((e) => !isNear(e)), strokes };
}

function strokeKeys(
  edges: readonly DrawnEdge[],
  paths: ReadonlyMap<string, EdgePath>,
  middle: (edge: DrawnEdge) => { x: number; y: number },
): Map<string, StrokeKey> {
  const keys = new Map<string, StrokeKey>();
  for (const cell of inCells(edges, middle, FAR_CELL)) {
    const ofWidth = new Map<number, StrokeKey>();
    for (const { id } of cell.things) {
      const width = Math.max(1.5, Math.round((paths.get(id)?.width ?? 0) / 2) * 2);
      const key = ofWidth.get(width) ?? { key: `${width} ${cell.key}`, width };
      ofWidth.set(width, key);
      keys.set(id, key);
    }
  }
  return keys;
}

/** The lines of the given edges, joined where they lie near one another and are about as wide. */
export function strokesOf(
  edges: Iterable<DrawnEdge>,
  paths: ReadonlyMap<string, EdgePath>,
  keys: ReadonlyMap<string, StrokeKey>,
): Stroke[] {
  const joined = new Map<StrokeKey, string[]>();
  for (const { id } of edges) {
    const [path, key] = [paths.get(id), keys.get(id)];
    if (!path || !key) continue;
    const list = joined.get(key);
    if (list) list.push(path.d);
    else joined.set(key, [path.d]);
  }
  return [...joined].map(([key, list]) => ({ ...key, d: list.join('') }));
}

/** Whether two readings of a component's properties are alike, `things` one by one. */
export function alike<P extends { things: readonly unknown[] }>(before: P, now: P): boolean {
  const names = Object.keys(now) as (keyof P)[];
  return names.every((name) =>
    name === 'things' ? sameThings(before.things, now.things) : Object.is(before[name], now[name]),
  );
}

const sameThings = (one: readonly unknown[], other: readonly unknown[]): boolean =>
  one === other || (one.length === other.length && one.every((thing, i) => thing === other[i]));
