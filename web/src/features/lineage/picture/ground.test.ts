import { describe, expect, it } from 'vitest';
import { edgePaths } from '../edge-paths.ts';
import { layoutPicture } from '../layout.ts';
import type { PictureGraph } from '../picture-graph.ts';
import { edge, fanOf, graph, node } from '../small-graph.ts';
import { groundOf, outline } from './ground.ts';
import { GROUND_OPACITY, lineOpacity } from './line-look.ts';
import { pictureModel } from './picture-model.ts';

function drawn(of: PictureGraph) {
  const layout = layoutPicture(of, new Set(of.nodes.map(({ id }) => id)));
  const model = pictureModel({ graph: of, layout, paths: edgePaths(layout) });
  return { model, ground: groundOf(model) };
}

describe('the ground of a large picture', () => {
  const names = Array.from({ length: 400 }, (_, i) => `source-${i}`);

  it('holds every line and every box once, in few shapes', () => {
    const { model, ground } = drawn(fanOf(names));
    const lines = ground.strokes.map(({ d }) => d).join('');
    for (const { d } of model.paths.values()) expect(lines.split(d)).toHaveLength(2);
    const boxes = ground.boxes.map(({ d }) => d).join('');
    for (const box of model.layout.nodes) expect(boxes.split(outline(box))).toHaveLength(2);
    expect(ground.strokes.length + ground.boxes.length).toBeLessThan(60);
    expect(new Set(ground.strokes.map(({ key }) => key)).size).toBe(ground.strokes.length);
  });

  it('joins what lies near one another, so that the rest need not be painted', () => {
    const { model, ground } = drawn(fanOf(names));
    const byHeight = [...model.layout.nodes].sort((a, b) => a.y - b.y);
    const [first, last] = [byHeight[0]!, byHeight.at(-1)!];
    expect(last.y - first.y).toBeGreaterThan(5000);
    const near = ground.boxes.find(({ d }) => d.includes(outline(first)))!;
    expect(near.d).toContain(outline(byHeight[1]!));
    expect(near.d).not.toContain(outline(last));
  });

  it('keeps the looks apart that say something: unknown, retracted, disputed', () => {
    const ways = [
      edge('mix', 'DERIVED_FROM', 'known', 0.5),
      edge('mix', 'DERIVED_FROM', 'unknown'),
      { ...edge('mix', 'DERIVED_FROM', 'taken-back', 0.1), status: 'RETRACTED' as const },
      { ...edge('mix', 'DERIVED_FROM', 'disputed', 0.1), status: 'DISPUTED' as const },
    ];
    const sources = ways.map(({ upstream }) => node(upstream, 'SOURCE'));
    const { model, ground } = drawn(graph([node('mix', 'DATASET_VERSION'), ...sources], ways));
    const strokeOf = (upstream: string) => {
      const { id } = model.layout.edges.find((e) => e.upstream === upstream)!;
      return ground.strokes.find(({ d }) => d.includes(model.paths.get(id)!.d))!;
    };
    expect(strokeOf('known')).toMatchObject({ color: 'var(--accent)' });
    expect(strokeOf('known').dash).toBeUndefined();
    expect(strokeOf('unknown')).toMatchObject({ color: 'var(--ink-3)', dash: '4 4' });
    expect(strokeOf('taken-back').dash).toBe('2 3');
    expect(strokeOf('disputed').color).toBe('var(--warning)');
  });

  it('holds the hatched ends too, which are many where much is unknown', () => {
    const sets = names.map((name) => node(name, 'DATASET_VERSION'));
    const unaccounted = sets.map(({ id }) => ({
      node: id,
      share: 0.5,
      shareUpper: 0.5,
      reason: 'AMOUNT_UNKNOWN' as const,
    }));
    const links = names.map((name) => edge('mix', 'DERIVED_FROM', name, 1 / names.length));
    const { model, ground } = drawn(graph([node('mix', 'DATASET_VERSION'), ...sets], links, { unaccounted }));
    expect(model.layout.stubs).toHaveLength(400);
    expect(
      ground.stubs
        .map(({ d }) => d)
        .join('')
        .match(/M/g),
    ).toHaveLength(400);
    expect(ground.stubs.length).toBeLessThan(60);
  });

  it('lets a line that is drawn over it look as one without it does', () => {
    const [line] = drawn(fanOf(names)).model.layout.edges;
    const over = lineOpacity(line!, 'plain', true);
    const alone = lineOpacity(line!, 'plain', false);
    expect(1 - (1 - GROUND_OPACITY) * (1 - over)).toBeCloseTo(alone, 10);
    expect(lineOpacity(line!, 'lit', true)).toBe(lineOpacity(line!, 'lit', false));
  });
});
