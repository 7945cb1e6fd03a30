import { describe, expect, it } from 'vitest';
import { hatchPath } from './hatch.ts';

const numbers = (path: string) =>
  [...path.matchAll(/[ML](-?[\d.]+) (-?[\d.]+)/g)].map(([, a, b]) => [+a!, +b!]);

describe('the lines of a hatched box', () => {
  it.each([
    { x: 10, y: 20, width: 100, height: 12 },
    { x: 0, y: 0, width: 3, height: 30 },
    { x: -5, y: 2, width: 40, height: 40 },
  ])('stay within it, whatever its shape: %j', (box) => {
    const ends = numbers(hatchPath(box));
    expect(ends.length).toBeGreaterThan(0);
    for (const [x, y] of ends) {
      expect(x).toBeGreaterThanOrEqual(box.x);
      expect(x).toBeLessThanOrEqual(box.x + box.width);
      expect(y).toBeGreaterThanOrEqual(box.y);
      expect(y).toBeLessThanOrEqual(box.y + box.height);
    }
  });

  it('are none where there is no box', () => {
    expect(hatchPath({ x: 1, y: 1, width: 0, height: 0 })).toBe('');
  });
});
