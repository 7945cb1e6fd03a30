import { describe, expect, it } from 'vitest';
import { cutList, joined, listed, MOST_LISTED, totalOf } from './listed.ts';
import { groupRows } from './loader.ts';

const many = (count: number) => Array.from({ length: count }, (_, i) => i);

describe('a plain list', () => {
  it('is shown whole up to a thousand, and knows its total beyond', () => {
    const whole = many(MOST_LISTED);
    expect(cutList(whole)).toBe(whole);
    const cut = cutList(many(MOST_LISTED + 1));
    expect(cut).toEqual(whole);
    expect(totalOf(cut)).toBe(MOST_LISTED + 1);
  });

  it('keeps the total of what was cut where it was read', () => {
    const rows = many(2).map((id) => ({ id, owner: 1n, listTotal: 5_000 }));
    const list = groupRows(rows, (row) => row.owner).get(1n)!;
    expect(totalOf(list)).toBe(5_000);
    expect(totalOf(joined([list, rows.slice()]))).toBe(5_002);
  });

  it('says that more is missing than it can count where a part of it was cut', () => {
    expect(totalOf(joined([many(3)], false))).toBeNull();
    expect(totalOf(joined([listed(many(3), null), many(2)]))).toBeNull();
    expect(totalOf(joined([many(3), many(2)]))).toBe(5);
  });
});
