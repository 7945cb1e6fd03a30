import type { Context } from '../context.ts';
import { loadsMany } from '../platform/loader.ts';
import { type LinkedIdentity, selectLinkedSince } from './identity.store.ts';

const identitiesOf = loadsMany(
  'identitiesOf',
  async (context: Context, actorIds): Promise<Map<bigint, LinkedIdentity[]>> => {
    const rows = await selectLinkedSince(context.db, actorIds);
    return new Map(actorIds.map((id) => [id, rows.filter((row) => row.actorId === id)]));
  },
);

/** Since when the viewer signs in by an identity of the issuer, too; null where they don't. */
export async function linkedAt(context: Context, issuer: string): Promise<Date | null> {
  if (context.viewer.kind !== 'principal') return null;
  const own = await context.load(identitiesOf, context.viewer.actorId);
  return own.find((identity) => identity.issuer === issuer)?.linkedAt ?? null;
}
