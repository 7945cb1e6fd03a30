// The second wall: statements run in a transaction that says for whom they read, and row-level security does the rest.
import { AsyncLocalStorage } from 'node:async_hooks';
import pg from 'pg';
import type { Db, Tx } from './database.ts';

/** The value of the setting `headwater.viewer`: 'all', an actor with their teams as '12 {1,4}', or '' for the anonymous. */
export type Rights = string & { readonly rights: unique symbol };

export const SEES_ALL = 'all' as Rights;
export const SEES_PUBLIC = '' as Rights;

export function memberRights(actorId: bigint, teamIds: readonly bigint[]): Rights {
  return `${actorId} {${teamIds.join(',')}}` as Rights;
}

const reading = new AsyncLocalStorage<Rights>();

/** A connection pool whose statements carry the rights they were asked with; without any, they see what is public. */
export class RightsPool extends pg.Pool {
  // biome-ignore lint/suspicious/noExplicitAny: the many overloads of pg's query, of which the adapter uses one
  override query(...asked: any[]): any {
    const rights = reading.getStore();
    const ask = asked as Parameters<pg.Pool['query']>;
    return rights === undefined ? super.query(...ask) : this.#queryWith(rights, ask);
  }

  async #queryWith(rights: Rights, asked: Parameters<pg.Pool['query']>): Promise<unknown> {
    const client = await this.connect();
    let failure: Error | boolean = false;
    try {
      // One round trip for both: a simple query, which takes no parameters.
      await client.query(`begin; set local headwater.viewer = ${client.escapeLiteral(rights)}`);
      const answer = await client.query(...asked);
      await client.query('commit');
      return answer;
    } catch (error) {
      await client.query('rollback').catch((broken: Error) => {
        failure = broken;
      });
      throw error;
    } finally {
      client.release(failure);
    }
  }
}

/** What reads and writes with one viewer's rights, or with all. */
export interface BoundDb {
  $queryRaw: Db['$queryRaw'];
  $executeRaw: Db['$executeRaw'];
  $transaction<T>(work: (tx: Tx) => Promise<T>, options?: TransactionOptions): Promise<T>;
}

type TransactionOptions = { timeout?: number; maxWait?: number; isolationLevel?: 'ReadCommitted' };

/** `db`, each of whose statements and transactions sees what `rights` allow. */
export function boundTo(db: Db, rights: Rights): BoundDb {
  // Prisma's promises begin when they are awaited, so they are awaited where the rights hold.
  const within = <T>(work: () => PromiseLike<T>) => reading.run(rights, async () => await work());
  return {
    $queryRaw: ((...asked: Parameters<Db['$queryRaw']>) =>
      within(() => db.$queryRaw(...asked))) as Db['$queryRaw'],
    $executeRaw: ((...asked: Parameters<Db['$executeRaw']>) =>
      within(() => db.$executeRaw(...asked))) as Db['$executeRaw'],
    $transaction: (work, options) =>
      db.$transaction(async (tx) => {
        await tx.$queryRaw`select set_config('headwater.viewer', ${rights}, true)`;
        return work(tx);
      }, options),
  };
}
