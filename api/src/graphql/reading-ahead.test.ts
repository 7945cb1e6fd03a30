import { buildSchema, execute, type GraphQLObjectType, type GraphQLSchema, parse } from 'graphql';
import { beforeEach, describe, expect, it } from 'vitest';
import type { Context } from '../context.ts';
import { Loaders, loadsMany, loadsOne } from '../platform/loader.ts';
import { loaded, loadedWhereNamed } from './loaded.ts';
import { readingAhead } from './reading-ahead.ts';

interface Book {
  id: bigint;
  author: bigint | null;
}
interface Person {
  id: bigint;
}

/** Which keys each loader was asked for, in the order in which it was. */
let asked: [string, bigint[]][] = [];
let failing = false;
/** How many fields of a thing were answered with a promise. */
let promised = 0;

const BOOKS: Book[] = [1n, 2n, 3n].map((id) => ({ id, author: id === 3n ? null : 10n + id }));
const read = (name: string, ids: readonly bigint[]) => {
  asked.push([name, [...ids]]);
};
const personById = loadsOne<Context, Person>('personById', async (_context, ids) => {
  read('person', ids);
  if (failing) throw new Error('no people today');
  return new Map(ids.map((id) => [id, { id }]));
});
const friendsOf = loadsMany<Context, Person>('friendsOf', async (_context, ids) => {
  read('friends', ids);
  return new Map(ids.map((id) => [id, [{ id: id + 100n }, { id: id + 200n }]]));
});

function schemaOf(): GraphQLSchema {
  const schema = buildSchema(`
    interface Thing { title: String }
    type Query { books: [Book!]! one: [Book!]! }
    type Book implements Thing { title: String author: Person }
    type Person { title: String friends: [Person!]! }`);
  const field = (type: string, name: string, of: object) =>
    Object.assign((schema.getType(type) as GraphQLObjectType).getFields()[name]!, of);
  field('Query', 'books', { resolve: () => BOOKS });
  field('Query', 'one', { resolve: () => BOOKS.slice(0, 1) });
  field(
    'Book',
    'author',
    loadedWhereNamed(personById, ({ author }: Book) => author),
  );
  field(
    'Person',
    'friends',
    loaded(friendsOf, ({ id }: Person) => id),
  );
  for (const [type, name] of [
    ['Book', 'title'],
    ['Person', 'title'],
  ] as const)
    field(type, name, { resolve: ({ id }: { id: bigint }) => `no. ${id}` });
  readingAhead(schema);
  for (const [type, name] of [
    ['Book', 'author'],
    ['Person', 'friends'],
  ] as const) {
    const { resolve } = field(type, name, {});
    field(type, name, {
      resolve: (...args: Parameters<NonNullable<typeof resolve>>) => {
        const value: unknown = resolve?.(...args);
        if (value instanceof Promise) promised += 1;
        return value;
      },
    });
  }
  return schema;
}

async function answer(query: string, allowance: object | null = null, variableValues = {}) {
  const context = {
    allowance,
    loaders: new Loaders<Context>(() => context),
    load: (of, key) => context.loaders.load(of, key),
    held: (of, key) => context.loaders.held(of, key),
  } as Context;
  const result = await execute({
    schema: schemaOf(),
    document: parse(query),
    contextValue: context,
    variableValues,
  });
  return JSON.parse(JSON.stringify(result));
}

beforeEach(() => {
  asked = [];
  failing = false;
  promised = 0;
});

describe('a list', () => {
  it('reads what is asked of its things, and of what that leads to, once for all and without a promise for each', async () => {
    const { data } = await answer('{ books { title author { friends { title } } } }');
    expect(data.books).toEqual([
      { title: 'no. 1', author: { friends: [{ title: 'no. 111' }, { title: 'no. 211' }] } },
      { title: 'no. 2', author: { friends: [{ title: 'no. 112' }, { title: 'no. 212' }] } },
      { title: 'no. 3', author: null },
    ]);
    expect(asked).toEqual([
      ['person', [11n, 12n]],
      ['friends', [11n, 12n]],
    ]);
    expect(promised).toBe(0);
  });

  it('reads alike through fragments and aliases, and of other types nothing', async () => {
    const { data } = await answer(`{ books { ...by ... on Thing { title } } }
      fragment by on Book { writer: author { ... { friends { title } } } }`);
    expect(data.books[0].writer.friends).toHaveLength(2);
    expect(asked.map(([name]) => name)).toEqual(['person', 'friends']);
    expect(promised).toBe(0);
  });

  it('reads nothing that a directive leaves out', async () => {
    const query = `query ($with: Boolean!) { books { title author @include(if: $with) { title } ... @skip(if: true) { author { friends { title } } } } }`;
    await answer(query, null, { with: false });
    expect(asked).toEqual([]);
    await answer(query, null, { with: true });
    expect(asked).toEqual([['person', [11n, 12n]]]);
  });

  it('lets each thing tell its own error', async () => {
    failing = true;
    const { data, errors } = await answer('{ books { title author { title } } }');
    expect(data.books.map((book: { title: string }) => book.title)).toEqual(['no. 1', 'no. 2', 'no. 3']);
    expect(errors.map(({ path }: { path: unknown[] }) => path)).toEqual([
      ['books', 0, 'author'],
      ['books', 1, 'author'],
    ]);
  });

  it('reads no further than the operation may go, nor for whoever has hung up', async () => {
    const query = '{ books { author { friends { friends { title } } } } }';
    const allowance = { rows: 0, costLimit: 5, closed: false };
    await answer(query, allowance);
    // Three books and two people are all that may be; friends are read by each person's own field.
    expect(promised).toBeGreaterThan(0);
    promised = 0;
    await answer(query, { ...allowance, costLimit: 1_000 });
    expect(promised).toBe(0);
    await answer(query, { ...allowance, costLimit: 1_000, closed: true });
    expect(promised).toBeGreaterThan(0);
  });

  it('of one thing reads as its field does', async () => {
    await answer('{ one { author { title } } }');
    expect(asked).toEqual([['person', [11n]]]);
    expect(promised).toBe(1);
  });
});
