import { describe, expect, it } from 'vitest';
import { SIZES, WIDE } from '../plot/sizes.ts';
import { point } from './rate-point.example.ts';
import { layOutRows } from './row-layout.ts';

const label = (one: { id: string }) => one.id;
const groups = [
  {
    key: 'g',
    title: 'trial 1 · replacement',
    runs: [
      { points: [point('a'), point('b', { rate: 0, interval: null, sampleCount: null })], differences: [] },
      {
        points: [point('c', { rate: null, interval: null })],
        differences: ['grader version: one against two'],
      },
    ],
  },
];

describe('rows of rates', () => {
  it('give what is not comparable an axis of its own, below, with what differs', () => {
    const [group] = layOutRows(groups, label, WIDE).groups;
    const [first, second] = group?.runs ?? [];
    expect(second?.top).toBeGreaterThan(first?.bottom ?? 0);
    expect(second?.apart.join(' ')).toContain('grader version: one against two');
    expect(first?.apart).toEqual([]);
  });

  it('draw no mark where nothing was scored, and no whisker where there is no interval, and say both', () => {
    const rows = layOutRows(groups, label, WIDE).groups.flatMap((g) => g.runs.flatMap((run) => run.rows));
    expect(rows.map(({ x, whisker, figure }) => [x === null, whisker === null, figure])).toEqual([
      [false, false, '50% · 50 of 100'],
      [false, true, '0% · n not stated'],
      [true, true, 'not scored · 50 of 100'],
    ]);
  });

  it('say under a rate what was left out of it, on a line of its own', () => {
    const points = [point('a', { unscored: 7, excluded: 2 }), point('b')];
    for (const size of SIZES) {
      const [group] = layOutRows(
        [{ key: 'g', title: 't', runs: [{ points, differences: [] }] }],
        label,
        size,
      ).groups;
      const [first, second] = group?.runs[0]?.rows ?? [];
      expect([first?.apart, second?.apart]).toEqual(['7 unscored, 2 excluded', '']);
      expect(first?.apartY).toBeGreaterThan(first?.figureY ?? 0);
      expect(second?.labelY).toBeGreaterThan((first?.apartY ?? 0) + 10);
    }
  });

  it('stay in their picture, one under another, in both widths', () => {
    for (const size of SIZES) {
      const layout = layOutRows(groups, label, size);
      const rows = layout.groups.flatMap((g) => g.runs.flatMap((run) => run.rows));
      const ys = rows.map(({ y }) => y);
      expect([...ys].sort((a, b) => a - b)).toEqual(ys);
      expect(Math.max(...ys)).toBeLessThan(layout.height);
      expect(layout.right).toBeLessThanOrEqual(layout.width);
    }
  });
});
