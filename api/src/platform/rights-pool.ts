// The second wall: statements run in a transaction that says for whom they read, and row-level security does the rest.
import { AsyncLocalStorage } from 'node:async_hooks';
import pg from 'pg';

/** The value of the setting `headwater.viewer`: 'all', an actor with their teams as '12 {1,4}', or '' for the anonymous. */
export type Rights = string & { readonly rights: unique symbol };

export const SEES_ALL = 'all' as Rights;
export const SEES_PUBLIC = '' as Rights;

export function memberRights(actorId: bigint, teamIds: readonly bigint[]): Rights {
  return `${actorId} {${teamIds.join(',')}}` as Rights;
}

const reading = new AsyncLocalStorage<Rights>();

/** Runs `work`, each of whose statements sees what `rights` allow. */
export function readingWith<T>(rights: Rights, work: () => PromiseLike<T>): Promise<T> {
  // Prisma's promises begin when they are awaited, so they are awaited where the rights hold.
  return reading.run(rights, async () => await work());
}

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
    // A connection that breaks tells so by the failing statement too; unheard, this would end the process.
    const broken = (error: Error) => {
      failure = error;
    };
    client.on('error', broken);
    try {
      // One round trip for both: a simple query, which takes no parameters.
      await client.query(`begin; select speak_for(${client.escapeLiteral(rights)})`);
      const answer = await client.query(...asked);
      await client.query('commit');
      return answer;
    } catch (error) {
      await client.query('rollback').catch(broken);
      throw error;
    } finally {
      client.removeListener('error', broken);
      client.release(failure);
    }
  }
}
