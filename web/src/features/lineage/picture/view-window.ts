import type { DrawnEdge } from '../collapse.ts';
import type { EdgePath } from '../edge-paths.ts';
import type { Layout, PlacedNode, PlacedStub } from '../layout.ts';
import type { Cell, PictureCells } from './cells.ts';

/** A part of the picture, in its own units. */
export type Rect = { left: number; top: number; right: number; bottom: number };
/**
 * A part, and the order of its scale: px on the screen for one unit, rounded down to a power of the root of two.
 * `fast` where it passes too fast to be read.
 */
export type View = { rect: Rect; scale: number; fast: boolean };

/** Things with their extents as numbers in a row, four for each. */
export type Row<T> = { things: readonly T[]; boxes: Float64Array };
/** The extent of everything that is drawn, and of the parts that it stands in. */
export type Extents = {
  nodes: Row<PlacedNode>;
  stubs: Row<PlacedStub>;
  edges: Row<DrawnEdge>;
  boxCells: Row<Cell<PlacedNode>>;
  /** The lines that anybody disputes. */
  disputed: Row<DrawnEdge>;
};

/** More boxes and lines than this are not all drawn at once, but those in view. */
export const DRAWN_WHOLE = 300;
/** Below this scale nothing can be read, so that boxes are drawn as plain shapes. */
export const READABLE = 0.4;
/** What is drawn changes only when about this much comes into view, in px on the screen. */
const STEP = 64;
/** So many steps stand ready around what is seen. */
const READY = 1;

export const isLarge = (layout: Layout): boolean => layout.nodes.length + layout.edges.length > DRAWN_WHOLE;

export function extentsOf(
  layout: Layout,
  paths: ReadonlyMap<string, EdgePath>,
  cells: PictureCells,
): Extents {
  const box = (b: { x: number; y: number; width: number; height: number }): Rect => ({
    left: b.x,
    top: b.y,
    right: b.x + b.width,
    bottom: b.y + b.height,
  });
  const boxes = new Map([...layout.nodes, ...layout.stubs].map((b) => [b.id, box(b)]));
  const drawn = layout.edges.filter((e) => paths.has(e.id));
  const line = (e: DrawnEdge): Rect => {
    const ends = [boxes.get(e.downstream), boxes.get(e.upstream)].filter((b) => b !== undefined);
    const bends = (layout.bends[e.id] ?? []).map((b) => ({
      left: b.fromX,
      top: b.y,
      right: b.toX,
      bottom: b.y,
    }));
    return around([...ends, ...bends]);
  };
  return {
    nodes: row(layout.nodes, box),
    stubs: row(layout.stubs, (s) => around([box(s), boxes.get(s.of) ?? box(s)])),
    edges: row(drawn, line),
    boxCells: row(cells.boxes, ({ things }) => around(things.map(box))),
    disputed: row(
      drawn.filter((e) => e.disputed > 0),
      line,
    ),
  };
}

function row<T>(things: readonly T[], of: (thing: T) => Rect): Row<T> {
  const boxes = new Float64Array(things.length * 4);
  things.forEach((thing, i) => {
    const { left, top, right, bottom } = of(thing);
    boxes.set([left, top, right, bottom], i * 4);
  });
  return { things, boxes };
}

/** A line may swing out a little beyond what it joins. */
const SWING = 36;

function around(rects: readonly Rect[]): Rect {
  return {
    left: Math.min(...rects.map((r) => r.left)) - SWING,
    top: Math.min(...rects.map((r) => r.top)),
    right: Math.max(...rects.map((r) => r.right)) + SWING,
    bottom: Math.max(...rects.map((r) => r.bottom)),
  };
}

/** The things that a part of the picture shows any of. Goes through all: thousands take less than a tenth of a ms. */
export function inView<T>({ things, boxes }: Row<T>, rect: Rect): T[] {
  const found: T[] = [];
  for (let i = 0; i < things.length; i++) {
    const at = i * 4;
    if (boxes[at]! > rect.right || boxes[at + 2]! < rect.left) continue;
    if (boxes[at + 1]! > rect.bottom || boxes[at + 3]! < rect.top) continue;
    found.push(things[i]!);
  }
  return found;
}

/**
 * What should stand ready for a part in view: whole steps, and some more on every side, so that most movements change
 * nothing. `scale` is px on the screen for one unit of the picture, of which only the order counts: zooming a little
 * changes nothing either.
 */
export function readyAround(seen: Rect, scale: number): Omit<View, 'fast'> {
  const order = 2 ** (Math.floor(Math.log2(scale) * 2) / 2);
  const step = STEP / order;
  return {
    rect: {
      left: (Math.floor(seen.left / step) - READY) * step,
      top: (Math.floor(seen.top / step) - READY) * step,
      right: (Math.ceil(seen.right / step) + READY) * step,
      bottom: (Math.ceil(seen.bottom / step) + READY) * step,
    },
    scale: order,
  };
}

export const sameView = (a: View | null, b: View | null): boolean =>
  a === b ||
  (a !== null &&
    b !== null &&
    a.scale === b.scale &&
    a.fast === b.fast &&
    a.rect.left === b.rect.left &&
    a.rect.top === b.rect.top &&
    a.rect.right === b.rect.right &&
    a.rect.bottom === b.rect.bottom);
