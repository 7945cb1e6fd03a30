import { describe, expect, it } from 'vitest';
import { NARROW, SIZES, WIDE } from '../plot/sizes.ts';
import { facetsOf } from './facets.ts';
import { linesOf, type Verdicts } from './neighbours.ts';
import { point } from './rate-point.example.ts';
import type { RatePoint } from './rate-point.ts';
import { besides, layOutTime, STEP, timeDomain } from './time-layout.ts';

const mayNot = { comparable: false, differences: ['grader version: one against two'] };
const laidOut = (points: RatePoint[], verdicts: Verdicts = () => mayNot, size = WIDE) =>
  layOutTime(
    facetsOf(points).map((facet) => ({ facet, lines: linesOf(facet, verdicts) })),
    size,
  );
const at = (id: string, releasedAt: string, more: Parameters<typeof point>[1] = {}) =>
  point(id, { releasedAt, ...more });

describe('rates over release time', () => {
  it('draw nothing where no release is recorded', () => {
    expect(laidOut([point('a'), point('b')])).toBeNull();
  });

  it('stand in the order of release on one axis, whatever the facet', () => {
    const layout = laidOut([
      at('late', '2025-06-01T00:00:00Z'),
      at('early', '2024-06-01T00:00:00Z'),
      at('between', '2025-01-01T00:00:00Z', { version: 'trial 2' }),
    ]);
    const xs = new Map(layout?.panels.flatMap(({ marks }) => marks.map(({ point: { id }, x }) => [id, x])));
    expect(xs.get('early')).toBeLessThan(xs.get('between') ?? 0);
    expect(xs.get('between')).toBeLessThan(xs.get('late') ?? 0);
    expect(layout?.panels).toHaveLength(2);
  });

  it('put releases of one day side by side, in the order of their names', () => {
    expect(besides(3)).toEqual([-STEP, 0, STEP]);
    const layout = laidOut([
      at('b', '2025-06-01T18:00:00Z'),
      at('a', '2025-06-01T06:00:00Z'),
      at('c', '2025-06-01T12:00:00Z'),
    ]);
    expect(layout?.panels[0]?.marks.map((mark) => mark.point.id)).toEqual(['a', 'b', 'c']);
  });

  it('draw a rate of 0 and of 1 inside the panel, and no whisker where there is no interval', () => {
    const layout = laidOut([
      at('none', '2025-01-01T00:00:00Z', { rate: 0, interval: null }),
      at('all', '2025-02-01T00:00:00Z', { rate: 1 }),
    ]);
    const [panel] = layout?.panels ?? [];
    for (const { y } of panel?.marks ?? []) {
      expect(y).toBeGreaterThan(panel?.top ?? 0);
      expect(y).toBeLessThan(panel?.bottom ?? 0);
    }
    expect(panel?.marks.map(({ whisker }) => whisker === null)).toEqual([true, false]);
  });

  it('leave a gap on a broken line: no piece reaches the other mark, or the middle', () => {
    const layout = laidOut([at('a', '2025-01-01T00:00:00Z'), at('b', '2025-08-01T00:00:00Z')]);
    const [panel] = layout?.panels ?? [];
    expect(panel?.lines).toEqual([]);
    const [one] = panel?.breaks ?? [];
    expect(one?.differences).toEqual(mayNot.differences);
    for (const stub of one?.stubs ?? []) expect(Math.abs(stub.x2 - (one?.x ?? 0))).toBeGreaterThan(5);
  });

  it('stay inside their width with forty versions, and count the labels that have no room', () => {
    const many = Array.from({ length: 40 }, (_, index) =>
      at(`model-${index}`, new Date(Date.UTC(2024, index % 20, 1)).toISOString(), {
        rate: (index % 10) / 10,
      }),
    );
    for (const size of SIZES) {
      const layout = laidOut(many, () => ({ comparable: true, differences: [] }), size);
      const [panel] = layout?.panels ?? [];
      expect(panel?.marks).toHaveLength(40);
      for (const { x } of panel?.marks ?? []) {
        expect(x).toBeGreaterThan(layout?.left ?? 0);
        expect(x).toBeLessThan(layout?.right ?? 0);
      }
      expect((panel?.labels.length ?? 0) + (panel?.unlabelled ?? 0)).toBe(40);
    }
  });

  it('give a single release time on both sides', () => {
    const [from, to] = timeDomain([Date.UTC(2025, 0, 15)]);
    expect(from.getTime()).toBeLessThan(Date.UTC(2025, 0, 15));
    expect(to.getTime()).toBeGreaterThan(Date.UTC(2025, 0, 15));
    expect(laidOut([at('a', '2025-01-15T00:00:00Z')], () => null, NARROW)?.timeTicks.length).toBeGreaterThan(
      0,
    );
  });
});
