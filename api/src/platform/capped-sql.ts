import { Prisma } from '../generated/prisma/client.ts';
import { MOST_LISTED } from './listed.ts';

/**
 * The lists of many owners in one statement, each cut to the most that a plain list holds. `statement` selects the
 * visible rows of all of them in order, and `owner` is the name by which it selects whose they are. `listTotal` says
 * how many rows the owner's list has; `groupRows` remembers it.
 */
export function cappedPer(owner: string, statement: Prisma.Sql): Prisma.Sql {
  const of = Prisma.raw(`"${owner}"`);
  return Prisma.sql`
    select * from (
      select o.*, row_number() over (partition by o.${of} order by o."listOrder") as "listPlace",
        (count(*) over (partition by o.${of}))::int as "listTotal"
      from (select s.*, row_number() over () as "listOrder" from (${statement}) s) o) c
    where c."listPlace" <= ${MOST_LISTED} order by c."listOrder"`;
}
