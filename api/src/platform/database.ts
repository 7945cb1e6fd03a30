import { PrismaPg } from '@prisma/adapter-pg';
import { type Prisma, PrismaClient } from '../generated/prisma/client.ts';
import { BRIEF, type Limits } from './connection.ts';
import { rightsPool } from './rights-pool.ts';
import { type Rows, rowsOf } from './rows.ts';
import { type StatementsOf, statementsOf } from './statements.ts';

/** Either a database or a transaction on it: what a store needs to read and write. */
export type Tx = Prisma.TransactionClient;
export type Db = PrismaClient & { rows: Rows; statements: StatementsOf };

export type Database = Db & { close(): Promise<void> };

export type DatabaseOptions = {
  /** Connections at most; POOL_SIZE unless told. */
  poolSize?: number;
  /** Hears of every statement: its text, and how long it took in milliseconds. */
  onStatement?(sql: string, ms: number): void;
  /** Names statements, each of which a connection then plans once and keeps; what is named '' is planned each time. */
  statementName?(sql: string): string;
  /** Shorter or longer than LONGEST_MS says. */
  longest?: Partial<Limits>;
};

/**
 * What is planned is planned for any parameters: the policies of row-level security make every plan so costly to think
 * of that the database would think of each anew. Compiling them takes longer than any of these statements runs.
 */
const PLANNED_ONCE = '-c plan_cache_mode=force_generic_plan -c jit=off';

export const POOL_SIZE = 10;

/**
 * In milliseconds: what a connection planned ends with it, and the next to ask waits for all of it again. Whoever reads
 * one page after the other finds the plans of the last; a connection that nobody wants any more gives its memory back.
 */
const KEPT_IDLE_MS = 5 * 60_000;

/** How long anything may hold on to the database, in milliseconds; whatever takes longer is ended with an error. */
const LONGEST_MS: Limits = { ...BRIEF, connecting: 30_000 };

/** Opens a pool on `url`; it connects at the first statement. */
export function openDatabase(url: string, options: DatabaseOptions = {}): Database {
  const longest = { ...LONGEST_MS, ...options.longest };
  const pool = rightsPool(url, longest, {
    max: options.poolSize ?? POOL_SIZE,
    idleTimeoutMillis: KEPT_IDLE_MS,
    application_name: 'headwater',
    prepares: options.statementName !== undefined,
    ...(options.statementName && { options: PLANNED_ONCE }),
  });
  const { onStatement, statementName } = options;
  const adapter = new PrismaPg(pool, {
    ...(statementName === undefined ? {} : { statementNameGenerator: ({ sql }) => statementName(sql) }),
  });
  const client = new PrismaClient({
    adapter,
    log: [{ emit: 'event', level: 'query' }],
    errorFormat: 'minimal',
  });
  if (onStatement) client.$on('query', (event) => onStatement(event.query, event.duration));
  return Object.assign(client, {
    rows: rowsOf(pool, { statementName, onStatement }),
    statements: statementsOf(pool, { statementName, onStatement }),
    async close() {
      await client.$disconnect();
      await pool.end();
    },
  });
}
