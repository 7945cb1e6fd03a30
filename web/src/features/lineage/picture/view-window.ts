import type { EdgePath } from '../edge-paths.ts';
import type { Layout } from '../layout.ts';

/** A part of the picture, in its own units. */
export type Rect = { left: number; top: number; right: number; bottom: number };
export type View = { rect: Rect; scale: number };

/** The extent of everything that is drawn, as numbers in a row: four for each thing. */
export type Extents = {
  nodes: { ids: string[]; boxes: Float64Array };
  stubs: { ids: string[]; boxes: Float64Array };
  edges: { ids: string[]; boxes: Float64Array };
};

/** More boxes and lines than this are not all drawn at once, but those in view. */
export const DRAWN_WHOLE = 300;
/** Below this scale nothing can be read, so that boxes are drawn as plain shapes. */
export const READABLE = 0.34;
/** What is drawn changes only when this much comes into view, in px on the screen, and as much stands ready. */
const STEP = 256;

export const isLarge = (layout: Layout): boolean => layout.nodes.length + layout.edges.length > DRAWN_WHOLE;

export function extentsOf(layout: Layout, paths: ReadonlyMap<string, EdgePath>): Extents {
  const box = (b: { x: number; y: number; width: number; height: number }): Rect => ({
    left: b.x,
    top: b.y,
    right: b.x + b.width,
    bottom: b.y + b.height,
  });
  const boxes = new Map([...layout.nodes, ...layout.stubs].map((b) => [b.id, box(b)]));
  const drawn = layout.edges.filter((e) => paths.has(e.id));
  return {
    nodes: row(layout.nodes, box),
    stubs: row(layout.stubs, (s) => around([box(s), boxes.get(s.of) ?? box(s)])),
    edges: row(drawn, (e) => {
      const ends = [boxes.get(e.downstream), boxes.get(e.upstream)].filter((b) => b !== undefined);
      const bends = (layout.bends[e.id] ?? []).map((b) => ({
        left: b.fromX,
        top: b.y,
        right: b.toX,
        bottom: b.y,
      }));
      return around([...ends, ...bends]);
    }),
  };
}

function row<T extends { id: string }>(things: readonly T[], of: (thing: T) => Rect) {
  const boxes = new Float64Array(things.length * 4);
  things.forEach((thing, i) => {
    const { left, top, right, bottom } = of(thing);
    boxes.set([left, top, right, bottom], i * 4);
  });
  return { ids: things.map((t) => t.id), boxes };
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
export function inView({ ids, boxes }: Extents['nodes'], rect: Rect): Set<string> {
  const found = new Set<string>();
  for (let i = 0; i < ids.length; i++) {
    const at = i * 4;
    if (boxes[at]! > rect.right || boxes[at + 2]! < rect.left) continue;
    if (boxes[at + 1]! > rect.bottom || boxes[at + 3]! < rect.top) continue;
    found.add(ids[i]!);
  }
  return found;
}

/**
 * What should stand ready for a part in view: whole steps, and one more on every side, so that most movements change
 * nothing. `scale` is px on the screen for one unit of the picture.
 */
export function readyAround(seen: Rect, scale: number): Rect {
  const step = STEP / scale;
  return {
    left: (Math.floor(seen.left / step) - 1) * step,
    top: (Math.floor(seen.top / step) - 1) * step,
    right: (Math.ceil(seen.right / step) + 1) * step,
    bottom: (Math.ceil(seen.bottom / step) + 1) * step,
  };
}

export const sameView = (a: View | null, b: View | null): boolean =>
  a === b ||
  (a !== null &&
    b !== null &&
    a.scale === b.scale &&
    a.rect.left === b.rect.left &&
    a.rect.top === b.rect.top &&
    a.rect.right === b.rect.right &&
    a.rect.bottom === b.rect.bottom);
