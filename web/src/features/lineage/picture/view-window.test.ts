import { describe, expect, it } from 'vitest';
import { edgePaths } from '../edge-paths.ts';
import { layoutPicture } from '../layout.ts';
import { fanOf } from '../small-graph.ts';
import { pictureCells } from './cells.ts';
import { extentsOf, inView, isLarge, readyAround } from './view-window.ts';

const names = Array.from({ length: 400 }, (_, i) => `source-${String(i).padStart(3, '0')}`);
const layout = layoutPicture(fanOf(names), new Set(names));
const paths = edgePaths(layout);
const cells = pictureCells(layout.nodes, layout.edges, paths);
const extents = extentsOf(layout, paths, cells);
const place = (id: string) => layout.nodes.find((n) => n.id === id)!;

describe('the part of a picture that is drawn', () => {
  it('is asked for only where there is much', () => {
    expect(isLarge(layout)).toBe(true);
    expect(isLarge({ ...layout, nodes: layout.nodes.slice(0, 10), edges: [] })).toBe(false);
  });

  it('holds every box that the part touches, and none beyond it', () => {
    const rect = { left: 0, top: 1000, right: layout.width, bottom: 2000 };
    const expected = layout.nodes.filter((n) => n.y <= 2000 && n.y + n.height >= 1000).map((n) => n.id);
    expect(
      inView(extents.nodes, rect)
        .map((n) => n.id)
        .sort(),
    ).toEqual(expected.sort());
    expect(expected.length).toBeGreaterThan(10);
  });

  it('holds lines that only pass through it', () => {
    const [mix, last] = [place('mix'), place('source-399')];
    const top = Math.min(mix.y, last.y) + 200;
    const between = { left: 0, top, right: layout.width, bottom: top + 10 };
    expect(inView(extents.edges, between).map((e) => e.id)).toContain('mix>source-399:DERIVED_FROM');
    expect(inView(extents.nodes, between).map((n) => n.id)).not.toContain('source-399');
  });

  it('stands ready a step around what is seen, so that a small movement changes nothing', () => {
    const seen = { left: 300, top: 300, right: 900, bottom: 690 };
    const ready = readyAround(seen, 1);
    expect(ready).toEqual({ rect: { left: 192, top: 192, right: 1024, bottom: 768 }, scale: 1 });
    expect(readyAround({ ...seen, top: 310, bottom: 700 }, 1)).toEqual(ready);
    expect(readyAround(seen, 1.3)).toEqual(ready);
    expect(readyAround(seen, 0.5).rect.left).toBe(128);
  });
});
