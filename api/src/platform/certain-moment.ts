import type { Db } from './database.ts';

/** The latest moment up to which everything recorded has certainly committed, by the database's clock. */
export async function certainMoment(db: Pick<Db, '$queryRaw'>): Promise<Date> {
  const [row] = await db.$queryRaw<[{ moment: Date }]>`select certain_moment() as moment`;
  return row.moment;
}
