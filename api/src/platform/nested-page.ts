// Pages of lists in SQL: one list, or the lists under many parents in one statement.
import { Prisma } from '../generated/prisma/client.ts';
import type { Db } from './database.ts';
import { groupRows, type LoaderOf } from './loader.ts';
import {
  type Cursors,
  cursorOfRow,
  DEFAULT_PAGE,
  keysetPage,
  type OrderTerm,
  type Page,
  type PageArguments,
} from './page.ts';

export interface ListPage<R> {
  page: Page<Record<string, unknown>>;
  nodes: R[];
  totalCount: () => Promise<number>;
}

interface Reads<C> {
  db: Pick<Db, '$queryRaw'>;
  cursors: Cursors;
  load<K, V>(of: LoaderOf<C, K, V>, key: K): Promise<V>;
}

/** `from … where …`, to which further conditions can be added with `and`; and the columns to select. */
export interface ListSql {
  columns: Prisma.Sql;
  body: Prisma.Sql;
  order: readonly OrderTerm[];
}

/** One page of one list; the count runs only when asked for, and there are no cursors where nobody is told them. */
export async function listPage<R>(
  context: { db: Pick<Db, '$queryRaw'>; cursors: Cursors },
  args: PageArguments,
  list: ListSql,
  withCursors = true,
): Promise<ListPage<R>> {
  const page = await keysetPage<Record<string, unknown>>(
    context.cursors,
    args,
    list.order,
    (parts) =>
      context.db.$queryRaw<Record<string, unknown>[]>`
      select ${list.columns}${withCursors ? Prisma.sql`, ${parts.cursorColumns}` : Prisma.empty} ${list.body} and ${parts.where}
      order by ${parts.orderBy} limit ${parts.limit}::int`,
  );
  return {
    page: withCursors ? page : { ...page, cursorOf: noCursor },
    nodes: page.rows as R[],
    totalCount: async () => {
      const [row] = await context.db.$queryRaw<{ count: number }[]>`
        select count(*)::int as count ${list.body}`;
      return row?.count ?? 0;
    },
  };
}

function noCursor(): never {
  throw new Error('This list was read without the cursors of its rows.');
}

/**
 * Lists under parents, such as the eval runs of each of many model versions: all parents asked for in one tick
 * with the same arguments share one statement, and so do their counts. In `list`, the parent is `p.id`.
 */
export function listUnder<C extends Reads<C>, A extends PageArguments, R>(
  name: string,
  list: (context: C, args: A) => ListSql,
): (context: C, parent: bigint, args: A) => Promise<ListPage<R>> {
  const pages: LoaderOf<C, string, Page<Record<string, unknown>> | null> = {
    name: `${name}Pages`,
    absent: () => null,
    batch: async (context, keys) => {
      const found = new Map<string, Page<Record<string, unknown>>>();
      for (const [args, parents] of byArguments(keys)) {
        const asked = parse<A>(args);
        const of = await pagesUnder(context, asked, list(context, asked), parents);
        for (const parent of parents) found.set(`${parent} ${args}`, of(parent));
      }
      return found;
    },
  };
  const counts: LoaderOf<C, string, number> = {
    name: `${name}Counts`,
    absent: () => 0,
    batch: async (context, keys) => {
      const found = new Map<string, number>();
      for (const [args, parents] of byArguments(keys)) {
        const { body } = list(context, parse<A>(args));
        const rows = await context.db.$queryRaw<{ parent: bigint; count: number }[]>`
          select p.id as parent, (select count(*)::int ${body}) as count from unnest(${parents}::bigint[]) p(id)`;
        for (const row of rows) found.set(`${row.parent} ${args}`, row.count);
      }
      return found;
    },
  };
  return async (context, parent, args) => {
    const key = `${parent} ${JSON.stringify(args)}`;
    const page = await context.load(pages, key);
    if (page === null) throw new Error(`The list ${name} gave no page.`);
    return { page, nodes: page.rows as R[], totalCount: () => context.load(counts, key) };
  };
}

function parse<A>(text: string): A {
  return JSON.parse(text) as A;
}

function byArguments(keys: readonly string[]): Map<string, bigint[]> {
  const groups = new Map<string, bigint[]>();
  for (const key of keys) {
    const space = key.indexOf(' ');
    const args = key.slice(space + 1);
    const group = groups.get(args) ?? [];
    group.push(BigInt(key.slice(0, space)));
    groups.set(args, group);
  }
  return groups;
}

async function pagesUnder<C extends Reads<C>>(
  context: C,
  args: PageArguments,
  list: ListSql,
  parents: readonly bigint[],
): Promise<(parent: bigint) => Page<Record<string, unknown>>> {
  let rows = new Map<bigint, (Record<string, unknown> & { parent: bigint })[]>();
  // The rows of all parents are read once; each parent's page is then cut from its own.
  await keysetPage<Record<string, unknown>>(context.cursors, args, list.order, async (parts) => {
    const found = await context.db.$queryRaw<(Record<string, unknown> & { parent: bigint })[]>`
      select p.id as parent, page.* from unnest(${[...parents]}::bigint[]) p(id)
      cross join lateral (
        select ${list.columns}, ${parts.cursorColumns} ${list.body} and ${parts.where}
        order by ${parts.orderBy} limit ${parts.limit}::int) page`;
    rows = groupRows(found, (row) => row.parent);
    return [];
  });
  const limit = args.first ?? args.last ?? null;
  const backward = args.last != null;
  return (parent) => {
    const all = rows.get(parent) ?? [];
    const size = limit ?? DEFAULT_PAGE;
    const kept = all.slice(0, size);
    if (backward) kept.reverse();
    const more = all.length > size;
    return {
      rows: kept,
      size: kept.length,
      cursorOf: (place) => cursorOfRow(context.cursors, list.order, kept[place]!),
      hasNextPage: backward ? args.before != null : more,
      hasPreviousPage: backward ? more : args.after != null,
    };
  };
}
