import { describe, expect, it } from 'vitest';
import { CELL, type Cell } from './cells.ts';
import { withMore } from './use-detailed.ts';

const cell = (x: number, y: number): Cell<unknown> => ({ key: `${x} ${y}`, x, y, things: [] });
const column = [0, 1, 2, 3, 4].map((y) => cell(0, y));
const middle = { x: CELL.width / 2, y: 2.5 * CELL.height };

describe('what is drawn in full of a picture that moves', () => {
  it('grows from the middle outwards, so many parts at once', () => {
    const first = withMore(column, new Set(), middle, 1);
    expect([...first]).toEqual(['0 2']);
    const next = withMore(column, first, middle, 2);
    expect([...next].sort()).toEqual(['0 1', '0 2', '0 3']);
    expect(withMore(column, next, middle, 9).size).toBe(5);
  });

  it('keeps what is in view, and lets go of what left it', () => {
    expect([...withMore(column.slice(2), new Set(['0 0', '0 2']), middle, 0)]).toEqual(['0 2']);
  });
});
