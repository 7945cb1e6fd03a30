import { describe, expect, it } from 'vitest';
import { Gathering, type GatheringOptions } from './gathering.ts';

const soon = () => new Promise((resolve) => setImmediate(resolve));

function gathering(options: Partial<GatheringOptions<number, number>> = {}) {
  const groups: (readonly number[])[] = [];
  let free: (() => void)[] = [];
  const made = new Gathering<number, number>({
    most: 3,
    places: 1,
    longestWaitMs: 5_000,
    tooLong: () => new Error('too long'),
    work: async (items) => {
      groups.push(items);
      await new Promise<void>((resolve) => free.push(resolve));
      return items.map((item) => item * 10);
    },
    ...options,
  });
  const end = async () => {
    const ending = free;
    free = [];
    for (const one of ending) one();
    await soon();
  };
  return { groups, end, join: (item: number) => made.join(item) };
}

describe('a gathering', () => {
  it('takes at once who comes alone, and together who comes meanwhile, each with their own answer', async () => {
    const { groups, end, join } = gathering();
    const first = join(1);
    await soon();
    expect(groups).toEqual([[1]]);
    const others = [join(2), join(3)];
    await soon();
    expect(groups).toEqual([[1]]);
    await end();
    expect(groups).toEqual([[1], [2, 3]]);
    await end();
    expect(await Promise.all([first, ...others])).toEqual([10, 20, 30]);
  });

  it('takes no more at once than it may, and keeps to its places', async () => {
    const { groups, end, join } = gathering({ places: 2 });
    const all = Array.from({ length: 8 }, (_, i) => join(i));
    await soon();
    expect(groups).toEqual([
      [0, 1, 2],
      [3, 4, 5],
    ]);
    await end();
    expect(groups.slice(2)).toEqual([[6, 7]]);
    await end();
    expect(await Promise.all(all)).toEqual([0, 10, 20, 30, 40, 50, 60, 70]);
  });

  it('tells all of a group what made it fail, and goes on with the next', async () => {
    let groups = 0;
    const { join } = gathering({
      work: async (items) => {
        groups += 1;
        if (items.includes(2)) throw new Error('two is too much');
        return items;
      },
    });
    const failed = await Promise.allSettled([join(1), join(2)]);
    expect(failed.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    expect(await join(3)).toBe(3);
    expect(groups).toBe(2);
  });

  it('turns away who waited too long for a place, and nobody else', async () => {
    const { groups, end, join } = gathering({ longestWaitMs: 20 });
    const first = join(1);
    await soon();
    await expect(join(2)).rejects.toThrow('too long');
    const third = join(3);
    await end();
    await end();
    expect(await first).toBe(10);
    expect(await third).toBe(30);
    expect(groups).toEqual([[1], [3]]);
  });
});
