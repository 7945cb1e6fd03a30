import { buildSchema, graphql } from 'graphql';
import { describe, expect, it } from 'vitest';
import { Loaders, loadsOne } from '../../platform/loader.ts';
import { listOf } from '../compiled/object-writer.ts';
import { LeftToTheOrdinaryPath } from '../compiled/selected.ts';
import type { Allowance } from './allowance.ts';
import { countingRows } from './counted-rows.ts';
import { ANSWER_CHARACTERS } from './limits.ts';
import { stillAsked } from './still-asked.ts';

const schema = countingRows(
  buildSchema(`
    scalar JSON
    type Query { one: Thing! several: [Thing!]! }
    type Thing { text: String words: [String!] json: JSON number: Int worked(n: Int): Int }
  `),
);
const allowing = (more: Partial<Allowance> = {}): Allowance => ({
  costLimit: 10,
  tellsSchema: true,
  spend: () => {
    throw new Error('Nothing is spent while an operation runs.');
  },
  rows: 0,
  characters: 0,
  endsAt: null,
  closed: false,
  ...more,
});
async function errorsOf(source: string, rootValue: object, allowance: Allowance) {
  const { errors = [] } = await graphql({ schema, source, rootValue, contextValue: { allowance } });
  return errors.map(({ extensions }) => extensions.code);
}

describe('what is counted while an operation runs', () => {
  it('is the rows of lists', async () => {
    const several = (rows: number) => ({ several: Array(rows).fill({}) });
    expect(await errorsOf('{ several { number } }', several(10), allowing())).toEqual([]);
    expect(await errorsOf('{ several { number } }', several(11), allowing())).toEqual(['COST_EXCEEDED']);
  });

  it.each([
    ['a text', 'text', { text: 'x'.repeat(1_000) }],
    ['texts in a list', 'words', { words: ['x'.repeat(500), 'x'.repeat(500)] }],
    ['texts in JSON', 'json', { json: { ['x'.repeat(400)]: ['x'.repeat(600)] } }],
  ])('is the length of %s, for each time that it is answered', async (_what, field, one) => {
    const asked = `{ one { a: ${field} b: ${field} } }`;
    const room = (characters: number) => allowing({ characters: ANSWER_CHARACTERS - characters });
    expect(await errorsOf(asked, { one }, room(2_100))).toEqual([]);
    expect(await errorsOf(asked, { one }, room(1_500))).toEqual(['COST_EXCEEDED']);
  });

  it('is the length of what is written past the ordinary path', () => {
    const part = 'x'.repeat(1024 * 1024);
    const written = (parts: number) =>
      listOf(
        () => part,
        Array.from({ length: parts }, (_, i) => i),
        null,
      ).length;
    expect(written(31)).toBeLessThan(ANSWER_CHARACTERS);
    expect(() => written(33)).toThrow(LeftToTheOrdinaryPath);
  });
});

describe('what nobody waits for', () => {
  const LONG_AGO = -1;
  const IN_TIME = Number.MAX_SAFE_INTEGER;

  it.each([
    ['a list', '{ several { number } }'],
    ['a field that works by its arguments', '{ one { worked(n: 1) } }'],
  ])('is not read: %s', async (_what, asked) => {
    const root = { one: {}, several: [{}] };
    expect(await errorsOf(asked, root, allowing({ endsAt: IN_TIME }))).toEqual([]);
    expect(await errorsOf(asked, root, allowing({ endsAt: IN_TIME, closed: true }))).toEqual(['BAD_REQUEST']);
    expect(await errorsOf(asked, root, allowing({ endsAt: LONG_AGO }))).toEqual(['COST_EXCEEDED']);
  });

  it('is not loaded, and a change goes on', async () => {
    const loader = loadsOne<Allowance, string>(
      'things',
      async (_allowance, ids) => new Map(ids.map((id) => [id, 'x'])),
    );
    const load = (allowance: Allowance) =>
      new Loaders<Allowance>(() => {
        stillAsked(allowance);
        return allowance;
      }).load(loader, 1n);
    await expect(load(allowing({ endsAt: LONG_AGO }))).rejects.toThrow(/took longer than 60 seconds/);
    expect(await load(allowing({ endsAt: null, closed: true }))).toBe('x');
  });
});
