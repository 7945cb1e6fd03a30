import { describe, expect, it } from 'vitest';
import { edgePaths } from '../edge-paths.ts';
import { layoutPicture } from '../layout.ts';
import { fanOf } from '../small-graph.ts';
import { alike, inCells, pictureCells } from './cells.ts';

const size = { width: 100, height: 10 };
const thing = (x: number, y: number) => ({ x, y });

describe('cells of a picture', () => {
  it('hold what stands in them, in its order, on either side of the origin', () => {
    const [a, b, c, d] = [thing(5, 5), thing(99, 9), thing(100, 9), thing(-1, 0)];
    expect(inCells([a, b, c, d], (t) => t, size)).toEqual([
      { key: '0 0', x: 0, y: 0, things: [a, b] },
      { key: '1 0', x: 1, y: 0, things: [c] },
      { key: '-1 0', x: -1, y: 0, things: [d] },
    ]);
  });

  it('are alike where they hold the same things in the same look', () => {
    const [a, b] = [thing(1, 1), thing(2, 2)];
    expect(alike({ things: [a, b], lit: null }, { things: [a, b], lit: null })).toBe(true);
    expect(alike({ things: [a, b], lit: null }, { things: [a], lit: null })).toBe(false);
    expect(alike({ things: [a, b], lit: null }, { things: [b, a], lit: null })).toBe(false);
    expect(alike({ things: [a], lit: null as object | null }, { things: [a], lit: {} })).toBe(false);
  });

  it('hold every box and every line once, lines that go far apart from the others, and say where a line ends', () => {
    const names = Array.from({ length: 400 }, (_, i) => `source-${i}`);
    const layout = layoutPicture(fanOf(names), new Set(names));
    const paths = edgePaths(layout);
    const { boxes, cellOf, lines, far, strokes } = pictureCells(layout.nodes, layout.edges, paths);
    const ids = (things: readonly { id: string }[]) => things.map(({ id }) => id).sort();
    expect(ids(boxes.flatMap(({ things }) => things))).toEqual(ids(layout.nodes));
    expect(ids([...lines.flatMap(({ things }) => things), ...far])).toEqual(ids(layout.edges));
    expect([...strokes.keys()].sort()).toEqual(ids(layout.edges));
    expect(far.length).toBeGreaterThan(300);
    const mix = cellOf.get('mix')!;
    for (const { things, ends, strokes: joined } of lines) {
      for (const { upstream } of things) {
        const at = cellOf.get(upstream)!;
        expect(Math.abs(at.y - mix.y)).toBeLessThanOrEqual(4);
        expect(ends).toEqual(expect.arrayContaining([mix.key, at.key]));
        expect(joined.map(({ d }) => d).join('')).toContain(paths.get(`mix>${upstream}:DERIVED_FROM`)!.d);
      }
    }
    expect(lines.length).toBeGreaterThan(0);
  });
});
