import { describe, expect, it } from 'vitest';
import { GLOBAL_TYPES, globalIds } from './global-id.ts';

describe('global ids', () => {
  const ids = globalIds(Buffer.from('0123456789abcdef'));

  it('are the same whether they are made one by one or together, up to the largest number that is whole', () => {
    const numbers = [1, 2, 2 ** 31, 2 ** 32 - 1, 2 ** 32, 2 ** 32 + 1, 2 ** 40 + 7, Number.MAX_SAFE_INTEGER];
    const types = numbers.map((_, i) => GLOBAL_TYPES[i * 5]!);
    const together = ids.encodeAll(types, Float64Array.from(numbers));
    expect(together).toEqual(numbers.map((number, i) => ids.encode(types[i]!, BigInt(number))));
    expect(together.map((id) => ids.decode(id)?.id)).toEqual(numbers.map(BigInt));
    expect(ids.encodeAll([], [])).toEqual([]);
  });
});
