import { describe, expect, it } from 'vitest';
import { CELL, type Cell } from './cells.ts';
import { withMore } from './use-detailed.ts';

const cell = (x: number, y: number): Cell<unknown> => ({ key: `${x} ${y}`, x, y, things: [] });
const column = [0, 1, 2, 3, 4].map((y) => cell(0, y));
const middle = { x: CELL.width / 2, y: 2.5 * CELL.height };

describe('what is drawn in full of a picture that moves', () => {
  it('grows from the middle outwards, so many parts at once', () => {
    const first = withMore(column, column, new Set(), middle, 1);
    expect([...first]).toEqual(['0 2']);
    const next = withMore(column, column, first, middle, 2);
    expect([...next].sort()).toEqual(['0 1', '0 2', '0 3']);
    expect(withMore(column, column, next, middle, 9).size).toBe(5);
  });

  it('keeps what is near, lets go of what is not, and draws nothing anew that is only near', () => {
    const drawn = new Set(['0 0', '0 1', '0 2']);
    expect([...withMore(column.slice(2, 3), column.slice(1), drawn, middle, 9)]).toEqual(['0 1', '0 2']);
  });
});
