// A transaction of hand-written statements, past Prisma's client, which takes several times as long to pass each on as
// the database to run it.
import type pg from 'pg';
import { Prisma } from '../generated/prisma/client.ts';
import type { Connected } from './connection.ts';
import type { Rights } from './rights.ts';
import { ROW_TYPES } from './rows.ts';

/** What a store writes with where it has no need of Prisma's models. */
export type Statements = Pick<Prisma.TransactionClient, '$queryRaw' | '$executeRaw'>;

/** The same, each sent as it is asked, without waiting for the one before: they run in that order. */
export type InOrder = Statements & { readonly inOrder: true };

/**
 * Runs `work` in one READ COMMITTED transaction that sees what `rights` allow. Rolls back, and throws on, whatever it
 * throws. What it asked and did not wait for runs before the commit, and where that fails all is undone too. An EndUnknown
 * is thrown where the transaction may have been committed or not.
 */
export type StatementsOf = <T>(rights: Rights, work: (tx: InOrder) => Promise<T>) => Promise<T>;

/** The connection broke, or the database refused, at the commit: what was written may stand. */
export class EndUnknown extends Error {
  constructor(cause: unknown) {
    super('Whether the transaction was committed is not known.', { cause });
  }
}

export function statementsOf(
  pool: pg.Pool,
  options: {
    statementName?: ((sql: string) => string) | undefined;
    onStatement?: ((sql: string, ms: number) => void) | undefined;
  },
): StatementsOf {
  return async (rights, work) => {
    const client = await pool.connect();
    let failure: Error | boolean = false;
    // A connection that breaks tells so by the failing statement too; unheard, this would end the process.
    const broken = (error: Error) => {
      failure = error;
    };
    client.on('error', broken);
    try {
      // Goes out with the first statement of `work`; where it fails, that finds its transaction aborted.
      const begun = client.query(
        `begin isolation level read committed; select speak_for(${client.escapeLiteral(rights)})`,
      );
      begun.catch(() => undefined);
      let result: Awaited<ReturnType<typeof work>>;
      try {
        result = await work(statementsOn(client, options));
        await begun;
      } catch (error) {
        await client.query('rollback').catch(broken);
        throw error;
      }
      const { command } = await client.query('commit').catch((error: Error) => {
        broken(error);
        throw new EndUnknown(error);
      });
      // A transaction in which a statement failed is not committed, and the commit does not fail for it.
      if (command !== 'COMMIT') throw new Error('A statement failed, and all was undone.');
      return result;
    } finally {
      client.removeListener('error', broken);
      client.release(failure);
    }
  };
}

function statementsOn(
  client: pg.PoolClient,
  { statementName, onStatement }: Parameters<typeof statementsOf>[1],
): InOrder {
  const { stream } = (client as unknown as Connected).connection;
  const ask = async (sql: Prisma.Sql) => {
    const { text, values } = sql;
    const name = statementName?.(text);
    const begun = performance.now();
    // What is asked in one turn goes out in one piece.
    stream.cork();
    process.nextTick(() => stream.uncork());
    const answer = await client.query({
      ...{ text, values: values as unknown[], types: ROW_TYPES },
      ...(name && { name }),
    });
    onStatement?.(text, performance.now() - begun);
    return answer;
  };
  const sqlOf = (text: TemplateStringsArray | Prisma.Sql, values: unknown[]) =>
    'raw' in text ? Prisma.sql(text, ...values) : text;
  return {
    $queryRaw: async (text: TemplateStringsArray | Prisma.Sql, ...values: unknown[]) =>
      (await ask(sqlOf(text, values))).rows,
    $executeRaw: async (text: TemplateStringsArray | Prisma.Sql, ...values: unknown[]) =>
      (await ask(sqlOf(text, values))).rowCount ?? 0,
    inOrder: true,
  } as unknown as InOrder;
}
