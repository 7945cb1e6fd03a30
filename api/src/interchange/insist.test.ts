import { describe, expect, it } from 'vitest';
import { BusyRefusal, ConflictRefusal } from '../platform/refusal.ts';
import { insist } from './insist.ts';

/** Finds no turn so many times, and then does its work. */
function busy(times: number, error: Error = new BusyRefusal([], 'Busy.')) {
  let asked = 0;
  const change = async () => {
    asked += 1;
    if (asked <= times) throw error;
    return 'made';
  };
  return { change, asked: () => asked };
}

describe('a change of an import', () => {
  it('is made again where others were changing too much at once', async () => {
    const { change, asked } = busy(2);
    expect(await insist(change, [0, 0])).toBe('made');
    expect(asked()).toBe(3);
  });

  it('is refused where they still are after every pause', async () => {
    const { change, asked } = busy(9);
    await expect(insist(change, [0, 0])).rejects.toThrow(BusyRefusal);
    expect(asked()).toBe(3);
  });

  it('is not made again after any other refusal', async () => {
    const { change, asked } = busy(1, new ConflictRefusal(['name'], 'Taken.'));
    await expect(insist(change, [0, 0])).rejects.toThrow('Taken.');
    expect(asked()).toBe(1);
  });
});
