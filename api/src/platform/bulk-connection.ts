// A connection for rows by the million: COPY, which Prisma has not, and statements in the same transaction.
import { finished } from 'node:stream/promises';
import type pg from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import { Prisma } from '../generated/prisma/client.ts';
import { connectClient, type Limits, leaveClient } from './connection.ts';
import type { Tx } from './database.ts';
import { SEES_ALL } from './rights.ts';
import { ROW_TYPES } from './rows.ts';

const LONGEST_MS: Limits = {
  connecting: 30_000,
  statement: 10 * 60_000,
  lockWait: 60_000,
  idleTransaction: 5 * 60_000,
  silence: 11 * 60_000,
};
/** Characters of COPY's text that are handed on at once. */
const CHUNK = 256 * 1024;

/** A value of a row that is copied; null is SQL's. */
export type CopyValue = string | number | bigint | null;

export class BulkConnection {
  private readonly client: pg.Client;

  private constructor(client: pg.Client) {
    this.client = client;
  }

  static async open(url: string, longest: Partial<Limits> = {}): Promise<BulkConnection> {
    const limits = { ...LONGEST_MS, ...longest };
    return new BulkConnection(
      await connectClient(url, { name: 'headwater import', types: ROW_TYPES, limits }),
    );
  }

  /**
   * Runs `work` in one READ COMMITTED transaction that sees all rows, as a writer's must: what it tells of them is for
   * the predicate to say. Rolls back, and throws on, whatever it throws.
   */
  async transaction<T>(work: () => Promise<T>): Promise<T> {
    await this.client.query(
      `begin isolation level read committed; select speak_for('${SEES_ALL}'); set local work_mem = '64MB'`,
    );
    try {
      const result = await work();
      await this.client.query('commit');
      return result;
    } catch (error) {
      await this.client.query('rollback').catch(() => undefined);
      throw error;
    }
  }

  async query<R extends object>(sql: Prisma.Sql): Promise<R[]> {
    const { rows } = await this.client.query<R>({ text: sql.text, values: sql.values });
    return rows;
  }

  /** What use cases write with, in the transaction at hand: raw statements alone, as their stores have them. */
  readonly tx = {
    $queryRaw: (sql: TemplateStringsArray | Prisma.Sql, ...values: unknown[]) =>
      this.query(sql instanceof Prisma.Sql ? sql : Prisma.sql(sql, ...values)),
    $executeRaw: (strings: TemplateStringsArray, ...values: unknown[]) =>
      this.count(Prisma.sql(strings, ...values)),
  } as unknown as Tx;

  /** How many rows a statement wrote. */
  async count(sql: Prisma.Sql): Promise<number> {
    return (await this.client.query({ text: sql.text, values: sql.values })).rowCount ?? 0;
  }

  /** One statement without parameters. */
  async execute(sql: string): Promise<void> {
    await this.client.query(sql);
  }

  /** Copies rows into a table; `columns` are ours, never a caller's from outside. */
  async copy(table: string, columns: readonly string[], rows: Iterable<readonly CopyValue[]>): Promise<void> {
    const into = this.client.query(copyFrom(`copy ${table} (${columns.join(', ')}) from stdin`));
    const broken = new Promise<never>((_, reject) => into.once('error', reject));
    broken.catch(() => undefined);
    let text = '';
    for (const row of rows) {
      for (let i = 0; i < row.length; i += 1) text += (i === 0 ? '' : '\t') + copyText(row[i]!);
      text += '\n';
      if (text.length < CHUNK) continue;
      if (!into.write(text))
        await Promise.race([new Promise((resolve) => into.once('drain', resolve)), broken]);
      text = '';
    }
    into.end(text);
    await finished(into);
  }

  async close(): Promise<void> {
    await leaveClient(this.client);
  }
}

const SPECIAL = /[\\\t\n\r]/;
const ESCAPED: Readonly<Record<string, string>> = { '\\': '\\\\', '\t': '\\t', '\n': '\\n', '\r': '\\r' };

function copyText(value: CopyValue): string {
  if (value === null) return '\\N';
  if (typeof value !== 'string') return String(value);
  return SPECIAL.test(value) ? value.replace(/[\\\t\n\r]/g, (c) => ESCAPED[c]!) : value;
}
