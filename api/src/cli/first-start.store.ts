import type { Db } from '../platform/database.ts';

/** What was decided at the first start about the example data; null before. Loading it says so itself, at its end. */
export async function exampleDataDecision(db: Db): Promise<'loaded' | 'declined' | null> {
  const [row] = await db.$queryRaw<{ seededAt: Date | null; declinedAt: Date | null }[]>`
    select seeded_at as "seededAt", seed_declined_at as "declinedAt" from installation`;
  if (row?.seededAt) return 'loaded';
  return row?.declinedAt ? 'declined' : null;
}

export async function declineExampleData(db: Db): Promise<void> {
  await db.$executeRaw`update installation set seed_declined_at = now() where seed_declined_at is null`;
}
