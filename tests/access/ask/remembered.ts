// While a world is only read it stays as it is, and a statement that was put to it before, with the same values and the
// same rights, is answered as it was then. Sixteen principals ask much alike, and the database works for the first.
import { rightsOf } from '../../../api/src/access/rights.ts';
import type { Viewer } from '../../../api/src/access/viewer.ts';
import type { Context, Services } from '../../../api/src/context.ts';
import { Prisma } from '../../../api/src/generated/prisma/client.ts';
import { boundTo } from '../../../api/src/platform/bound-database.ts';
import type { Db } from '../../../api/src/platform/database.ts';
import { SEES_ALL } from '../../../api/src/platform/rights.ts';
import { requestContext } from '../../../api/src/request-context.ts';

/** What the database has answered since its world was loaded. */
export class Remembered {
  readonly #answers = new Map<string, Promise<readonly object[]>>();

  /** `db`, whose reads are remembered as those of whoever has these rights. */
  #reading<D extends object & Pick<Db, '$queryRaw'>>(db: D, rights: string): D {
    const ask = async (...asked: Parameters<Db['$queryRaw']>): Promise<object[]> => {
      const key = `${rights}\n${keyOf(...asked)}`;
      let answer = this.#answers.get(key);
      if (answer === undefined) {
        answer = db.$queryRaw<object[]>(...asked).then((rows) => rows.map((row) => Object.freeze(row)));
        this.#answers.set(key, answer);
        answer.catch(() => this.#answers.delete(key));
      }
      return [...(await answer)];
    };
    return Object.create(db, { $queryRaw: { value: ask } }) as D;
  }

  /** The context of a request of the viewer. */
  context(services: Services, viewer: Viewer): Context {
    const rights = rightsOf(viewer);
    const unbound = { ...services, db: this.#reading(services.db, 'none') };
    return Object.assign(requestContext(unbound, viewer, { requestId: 'asked' }), {
      db: this.#reading(boundTo(services.db, rights), rights),
      beyondSight: this.#reading(boundTo(services.db, SEES_ALL), SEES_ALL),
    });
  }
}

const BETWEEN = '\u0001';

/** The text of a statement and its values. */
function keyOf(query: TemplateStringsArray | Prisma.Sql, ...values: unknown[]): string {
  const { strings, values: all } = query instanceof Prisma.Sql ? query : Prisma.sql(query, ...values);
  return `${strings.join(BETWEEN)}${JSON.stringify(all, (_, value: unknown) => (typeof value === 'bigint' ? { bigint: String(value) } : value))}`;
}
