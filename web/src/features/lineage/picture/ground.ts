import type { DrawnEdge } from '../collapse.ts';
import type { PlacedNode } from '../layout.ts';
import { cornerOf, STUB_CORNER } from './box-look.ts';
import { inCells } from './cells.ts';
import { dashOf, lineColor } from './line-look.ts';
import type { PictureModel } from './picture-model.ts';

/** Many lines of one look and about one width, in one stroke. */
export type Stroke = {
  key: string;
  d: string;
  color: string;
  dash: string | undefined;
  width: number;
};

/** Boxes near one another, as one plain shape. */
export type PlainBoxes = { key: string; d: string };

/** A large picture as it is drawn once for all: its lines in a few strokes, its boxes and stubs as plain shapes. */
export type Ground = {
  strokes: readonly Stroke[];
  boxes: readonly PlainBoxes[];
  stubs: readonly PlainBoxes[];
};

/** In units of the picture: what is in no such band in view is not painted. */
const BAND = 1024;
/** For lines that go over more than one band: few strokes, that still end near where their lines do. */
const FAR_BAND = 8 * BAND;

/** Linear in boxes and lines. */
export function groundOf(model: PictureModel): Ground {
  const { nodes, stubs } = model.layout;
  return {
    strokes: strokesOf(model),
    boxes: inBands(nodes, outline),
    stubs: inBands(stubs, (stub) => shape(stub, STUB_CORNER)),
  };
}

function inBands<T extends Box>(things: readonly T[], shapeOf: (thing: T) => string): PlainBoxes[] {
  const band = { width: Number.POSITIVE_INFINITY, height: BAND };
  return inCells(things, (thing) => thing, band).map(({ key, things }) => ({
    key,
    d: things.map(shapeOf).join(''),
  }));
}

function strokesOf({ extents, paths }: PictureModel): Stroke[] {
  const { things, boxes } = extents.edges;
  const strokes = new Map<string, Stroke & { lines: string[] }>();
  things.forEach((edge, i) => {
    const path = paths.get(edge.id);
    if (!path) return;
    const [top, bottom] = [boxes[i * 4 + 1]!, boxes[i * 4 + 3]!];
    const band = bottom - top > BAND ? FAR_BAND : BAND;
    const place = `${band} ${Math.floor(top / band)} ${Math.floor(bottom / band)}`;
    const look = plainLook(edge, path.width);
    const key = `${place} ${look.width} ${look.color} ${look.dash}`;
    const stroke = strokes.get(key);
    if (stroke) stroke.lines.push(path.d);
    else strokes.set(key, { key, d: '', ...look, lines: [path.d] });
  });
  return [...strokes.values()].map(({ lines, ...stroke }) => ({ ...stroke, d: lines.join('') }));
}

const plainLook = (edge: DrawnEdge, width: number) => ({
  // As exact as can be told apart on a screen; what can be pointed at is drawn over it, in its own width.
  width: Math.max(1.5, Math.round(width)),
  color: lineColor(edge, 'plain'),
  dash: dashOf(edge),
});

/** So much smaller than what is drawn in full over it that nothing of it shows there. */
const INSET = 1;

type Box = { x: number; y: number; width: number; height: number };

/** A node's box as a part of a path. */
export const outline = (node: PlacedNode): string => shape(node, cornerOf(node.kind));

function shape({ x, y, width, height }: Box, corner: number): string {
  const r = corner - INSET;
  const [w, h] = [width - 2 * (INSET + r), height - 2 * (INSET + r)];
  const turn = (dx: number, dy: number) => `a${r} ${r} 0 0 1 ${dx} ${dy}`;
  return `M${round(x + INSET + r)},${round(y + INSET)}h${w}${turn(r, r)}v${h}${turn(-r, r)}h${-w}${turn(-r, -r)}v${-h}${turn(r, -r)}z`;
}

const round = (n: number) => Math.round(n * 10) / 10;
