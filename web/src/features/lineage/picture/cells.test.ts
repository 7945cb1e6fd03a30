import { describe, expect, it } from 'vitest';
import { edgePaths } from '../edge-paths.ts';
import { layoutPicture } from '../layout.ts';
import { fanOf } from '../small-graph.ts';
import { alike, inCells, inRows, linesWithin, pictureCells } from './cells.ts';

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

  it('hold every box once, and every line by the parts that it joins', () => {
    const { layout, cells } = fan(400);
    const ids = (things: readonly { id: string }[]) => things.map(({ id }) => id).sort();
    expect(ids(cells.boxes.flatMap(({ things }) => things))).toEqual(ids(layout.nodes));
    const parts = [...cells.lines].flatMap(([from, list]) => list.map((part) => ({ from, ...part })));
    expect(ids(parts.flatMap(({ things }) => things))).toEqual(ids(layout.edges));
    for (const { from, to, things } of parts) {
      for (const { downstream, upstream } of things) {
        expect(cells.cellOf.get(downstream)?.key).toBe(from);
        expect(cells.cellOf.get(upstream)?.key).toBe(to);
      }
    }
    expect(new Set(parts.map(({ key }) => key)).size).toBe(parts.length);
    expect(parts.length).toBeGreaterThan(100);
  });

  it('stand in rows from the top, whatever order they come in', () => {
    const [a, b, c] = [{ y: 2 }, { y: -1 }, { y: 2 }];
    const rows = [
      { y: -1, parts: [b] },
      { y: 2, parts: [a, c] },
    ];
    expect(inRows([a, b, c])).toEqual(rows);
    expect(inRows([b, a, c])).toEqual(rows);
  });

  it('have those lines between them that both ends of are there', () => {
    const { cells } = fan(400);
    const mix = cells.cellOf.get('mix')!.key;
    const [near, other] = [cells.cellOf.get('source-3')!.key, cells.cellOf.get('source-300')!.key];
    const upstreams = (there: string[]) =>
      linesWithin(cells, new Set(there)).flatMap(({ things }) => things.map(({ upstream }) => upstream));
    expect(upstreams([mix, near])).toContain('source-3');
    expect(upstreams([mix, near])).not.toContain('source-300');
    expect(upstreams([mix, near, other])).toEqual(expect.arrayContaining(['source-3', 'source-300']));
    expect(upstreams([near, other])).toEqual([]);
  });
});

function fan(size: number) {
  const names = Array.from({ length: size }, (_, i) => `source-${i}`);
  const layout = layoutPicture(fanOf(names), new Set(names));
  return { layout, cells: pictureCells(layout.nodes, layout.edges, edgePaths(layout)) };
}
