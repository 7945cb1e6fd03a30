import { describe, expect, it } from 'vitest';
import { Loaders, loadsOne } from './loader.ts';

const read: (readonly bigint[])[] = [];
const squares = loadsOne<null, { square: bigint }>('squares', async (_, ids) => {
  read.push(ids);
  return new Map(ids.filter((id) => id > 0n).map((id) => [id, { square: id * id }]));
});

describe('what a request has read', () => {
  it('is at hand without waiting once it was answered, an absence too, and gone when it is forgotten', async () => {
    const loaders = new Loaders(() => null);
    expect(loaders.held(squares, 3n)).toBeUndefined();
    const [three, none] = await Promise.all([loaders.load(squares, 3n), loaders.load(squares, -1n)]);
    expect(three).toEqual({ square: 9n });
    expect(none).toBeNull();
    expect(loaders.held(squares, 3n)).toBe(three);
    expect(loaders.held(squares, -1n)).toBeNull();
    loaders.forget();
    expect(loaders.held(squares, 3n)).toBeUndefined();
  });

  it('may be given by another statement, is then asked for no more, and does not change under whoever has it', async () => {
    const loaders = new Loaders(() => null);
    read.length = 0;
    const given = { square: 16n };
    loaders.give(squares, 4n, given);
    loaders.give(squares, 4n, { square: 0n });
    expect(loaders.held(squares, 4n)).toBe(given);
    expect(await loaders.load(squares, 4n)).toBe(given);
    expect(read).toEqual([]);
  });
});
