import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto';
import { Prisma } from '../generated/prisma/client.ts';
import { InputRefusal } from './refusal.ts';

/** Relay's arguments of a connection. */
export interface PageArguments {
  first?: number | null;
  after?: string | null;
  last?: number | null;
  before?: string | null;
}

export const DEFAULT_PAGE = 20;
export const LARGEST_PAGE = 100;

/** One column of a list's order. The last must be unique; none may be null (coalesce it). */
export interface OrderTerm {
  name: string;
  sql: Prisma.Sql;
  /** Postgres type that the cursor's text is cast to, such as `bigint`. */
  type: string;
  direction: 'asc' | 'desc';
}

/** Where a page stands in its list. */
export interface PagePlace {
  /** How many elements it has. */
  size: number;
  /** The cursor of the element in this place, from 0: sealed when it is asked for, as few ask. */
  cursorOf(place: number): string;
  hasNextPage: boolean;
  hasPreviousPage: boolean;
}

export interface Page<R> extends PagePlace {
  rows: R[];
}

/** What tells the place of a row in a list of this order, from its columns `cursor_0…`. */
export function cursorOfRow(box: Cursors, order: readonly OrderTerm[], row: Record<string, unknown>): string {
  return box.seal(
    wordsOf(order),
    order.map((_, i) => String(row[`cursor_${i}`])),
  );
}

/** What tells an order from any other, so that a cursor of another is none of this: names alone are the same in many. */
const wordsOf = (order: readonly OrderTerm[]) =>
  JSON.stringify(order.map(({ sql, type, direction }) => [sql.sql, type, direction]));

/**
 * Encrypts cursors, so that they tell no internal id and no value of a hidden column. Each is sealed for the order `of`
 * which it tells a place, and opens for no other.
 */
export interface Cursors {
  seal(of: string, values: readonly string[]): string;
  /** Null where it is no cursor, or one of another order. */
  open(of: string, cursor: string): string[] | null;
}

export function cursors(secret: Uint8Array): Cursors {
  const key = createHash('sha256').update('headwater cursor').update(secret).digest();
  return {
    seal(of, values) {
      const nonce = randomBytes(12);
      const cipher = createCipheriv('aes-256-gcm', key, nonce);
      cipher.setAAD(Buffer.from(of, 'utf8'));
      const body = Buffer.concat([cipher.update(JSON.stringify(values), 'utf8'), cipher.final()]);
      return Buffer.concat([nonce, cipher.getAuthTag(), body]).toString('base64url');
    },
    open(of, cursor) {
      const bytes = Buffer.from(cursor, 'base64url');
      if (bytes.length < 29 || bytes.length > 4096) return null;
      try {
        const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, 12));
        decipher.setAAD(Buffer.from(of, 'utf8'));
        decipher.setAuthTag(bytes.subarray(12, 28));
        const text = Buffer.concat([decipher.update(bytes.subarray(28)), decipher.final()]).toString('utf8');
        return JSON.parse(text) as string[];
      } catch {
        return null;
      }
    },
  };
}

function size(args: PageArguments): number {
  for (const [name, value] of [
    ['first', args.first],
    ['last', args.last],
  ] as const) {
    if (value != null && (value < 0 || value > LARGEST_PAGE)) {
      throw new InputRefusal([name], `${name} must be from 0 to ${LARGEST_PAGE}.`, `0 to ${LARGEST_PAGE}`);
    }
  }
  if (args.first != null && args.last != null) {
    throw new InputRefusal(['last'], 'Give first or last, not both.', 'one of the two');
  }
  return args.first ?? args.last ?? DEFAULT_PAGE;
}

/**
 * One page of `select … from … where …` by keyset. `query` is given the condition, the order and the limit
 * to put in, and the columns `cursor_0…` that it must select; it returns the rows.
 */
export async function keysetPage<R extends Record<string, unknown>>(
  cursorBox: Cursors,
  args: PageArguments,
  order: readonly OrderTerm[],
  query: (parts: {
    where: Prisma.Sql;
    orderBy: Prisma.Sql;
    limit: number;
    cursorColumns: Prisma.Sql;
  }) => Promise<R[]>,
): Promise<Page<R>> {
  const limit = size(args);
  const backward = args.last != null;
  const bounds: Prisma.Sql[] = [];
  if (args.after != null)
    bounds.push(beyond(order, openCursor(cursorBox, args.after, 'after', order), false));
  if (args.before != null)
    bounds.push(beyond(order, openCursor(cursorBox, args.before, 'before', order), true));
  const where = bounds.length === 0 ? Prisma.sql`true` : Prisma.join(bounds, ' and ');
  const terms = order.map((term) => {
    const descending = (term.direction === 'desc') !== backward;
    return Prisma.sql`${term.sql} ${Prisma.raw(descending ? 'desc' : 'asc')}`;
  });
  const cursorColumns = Prisma.join(
    order.map((term, i) => Prisma.sql`(${term.sql})::text as ${Prisma.raw(`cursor_${i}`)}`),
  );
  const found = await query({ where, orderBy: Prisma.join(terms), limit: limit + 1, cursorColumns });
  const more = found.length > limit;
  const rows = found.slice(0, limit);
  if (backward) rows.reverse();
  return {
    rows,
    size: rows.length,
    cursorOf: (place) => cursorOfRow(cursorBox, order, rows[place]!),
    hasNextPage: backward ? args.before != null : more,
    hasPreviousPage: backward ? more : args.after != null,
  };
}

function openCursor(box: Cursors, cursor: string, name: string, order: readonly OrderTerm[]): string[] {
  const values = box.open(wordsOf(order), cursor);
  if (values === null || values.length !== order.length) {
    throw new InputRefusal([name], 'The cursor is not one of this list.', 'a cursor from pageInfo or edges');
  }
  return values;
}

/** Rows strictly after (or before) the cursor in the list's order, columns of either direction mixed. */
function beyond(order: readonly OrderTerm[], values: readonly string[], before: boolean): Prisma.Sql {
  const alternatives = order.map((term, i) => {
    const equal = order
      .slice(0, i)
      .map((t, j) => Prisma.sql`${t.sql} = ${values[j]}::text::${Prisma.raw(t.type)}`);
    const sign = (term.direction === 'desc') !== before ? '<' : '>';
    const step = Prisma.sql`${term.sql} ${Prisma.raw(sign)} ${values[i]}::text::${Prisma.raw(term.type)}`;
    return Prisma.join([...equal, step], ' and ', '(', ')');
  });
  return Prisma.join(alternatives, ' or ', '(', ')');
}
