import { describe, expect, it } from 'vitest';
import { NumberedNames } from './numbered-names.ts';

describe('names that are told apart by a number', () => {
  it('are taken as they are while they are free, and pass over what the file itself calls so', () => {
    const numbered = new NumberedNames();
    const taken = new Set<string>();
    const names = ['a', 'a (2)', 'a', 'b', 'a', 'a (2)'].map((stated) => {
      const name = numbered.free(stated, (one) => taken.has(one));
      taken.add(name);
      return name;
    });
    expect(names).toEqual(['a', 'a (2)', 'a (3)', 'b', 'a (4)', 'a (2) (2)']);
  });

  it('cost about one look each, however often one name comes', () => {
    const numbered = new NumberedNames();
    const taken = new Set<string>();
    let looks = 0;
    for (let i = 0; i < 20_000; i += 1)
      taken.add(
        numbered.free('a', (one) => {
          looks += 1;
          return taken.has(one);
        }),
      );
    expect(taken.size).toBe(20_000);
    expect(looks).toBeLessThan(3 * 20_000);
  });
});
