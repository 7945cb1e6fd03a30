import { describe, expect, it } from 'vitest';
import { stopAt, stopsOf } from './moments.ts';

const at = (seconds: number) => new Date(Date.UTC(2026, 0, 1, 0, 0, 0) + seconds * 1000).toISOString();

describe('the stops of the slider', () => {
  it('are the moments themselves, each once and in order, while they are few', () => {
    expect(stopsOf([at(5), at(1), at(5)])).toEqual([
      { at: at(1), count: 1 },
      { at: at(5), count: 2 },
    ]);
  });

  it('are joined by the step that leaves few, and stand at the last moment of each', () => {
    const many = Array.from({ length: 600 }, (_, i) => at(i));
    const stops = stopsOf(many, 120);
    expect(stops).toHaveLength(10);
    expect(stops[0]).toEqual({ at: at(59), count: 60 });
    expect(stops.reduce((sum, s) => sum + s.count, 0)).toBe(600);
  });

  it('leave out what is no moment', () => {
    expect(stopsOf(['never'])).toEqual([]);
  });

  it('say which had been reached by a moment', () => {
    const stops = stopsOf([at(1), at(5)]);
    expect([null, at(9), at(5), at(4), at(0)].map((m) => stopAt(stops, m))).toEqual([1, 1, 1, 0, -1]);
  });
});
