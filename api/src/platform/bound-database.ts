import { Prisma } from '../generated/prisma/client.ts';
import type { Db, Tx } from './database.ts';
import type { Rights } from './rights.ts';
import { readingWith } from './rights-pool.ts';
import type { InOrder } from './statements.ts';

/** What reads and writes with one viewer's rights, or with all. */
export interface BoundDb {
  $queryRaw: Db['$queryRaw'];
  $executeRaw: Db['$executeRaw'];
  $transaction<T>(work: (tx: Tx) => Promise<T>, options?: TransactionOptions): Promise<T>;
  /** One transaction of hand-written statements: a fraction of the work, and none of Prisma's models. */
  $statements<T>(work: (tx: InOrder) => Promise<T>): Promise<T>;
}

type TransactionOptions = { timeout?: number; maxWait?: number; isolationLevel?: 'ReadCommitted' };

/** `db`, each of whose statements and transactions sees what `rights` allow. */
export function boundTo(db: Db, rights: Rights): BoundDb {
  return {
    $queryRaw: ((...asked: Parameters<Db['$queryRaw']>) =>
      db.rows(rights, statementOf(...asked))) as unknown as Db['$queryRaw'],
    $executeRaw: ((...asked: Parameters<Db['$executeRaw']>) =>
      readingWith(rights, () => db.$executeRaw(...asked))) as Db['$executeRaw'],
    $transaction: (work, options) =>
      db.$transaction(async (tx) => {
        await tx.$executeRaw`select speak_for(${rights})`;
        return work(tx);
      }, options),
    $statements: (work) => db.statements(rights, work),
  };
}

function statementOf(text: TemplateStringsArray | Prisma.Sql, ...values: unknown[]): Prisma.Sql {
  return 'raw' in text ? Prisma.sql(text, ...values) : text;
}
