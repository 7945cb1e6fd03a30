import type { Context } from '../context.ts';
import { loadsMany } from '../platform/loader.ts';
import { type LinkedIdentity, selectLinkedSince } from './identity.store.ts';
import { ownAccount } from './read-members.ts';
import { providersOf } from './sign-in-settings.ts';
import type { Permission } from './viewer.ts';
import { mayUnlink } from './ways-to-sign-in.ts';

const identitiesOf = loadsMany(
  'identitiesOf',
  async (context: Context, actorIds): Promise<Map<bigint, LinkedIdentity[]>> => {
    const rows = await selectLinkedSince(context.db, actorIds);
    return new Map(actorIds.map((id) => [id, rows.filter((row) => row.actorId === id)]));
  },
);

/** Since when the person who is signed in signs in by an identity of the issuer, too; null where they don't, and for a token. */
export async function linkedAt(context: Context, issuer: string): Promise<Date | null> {
  const account = await ownAccount(context);
  if (account === null) return null;
  const own = await context.load(identitiesOf, account.id);
  return own.find((identity) => identity.issuer === issuer)?.linkedAt ?? null;
}

export type OwnIdentity = Pick<LinkedIdentity, 'issuer' | 'linkedAt'> & { canUnlink: Permission };

/** By whose identities the person who is signed in signs in, too; nothing for a token. */
export async function ownIdentities(context: Context): Promise<OwnIdentity[]> {
  const account = await ownAccount(context);
  if (account === null) return [];
  const own = await context.load(identitiesOf, account.id);
  const linked = own.map((identity) => identity.issuer);
  const providers = providersOf(context.signIn).map((provider) => provider.issuer);
  const ways = { hasPassword: account.hasPassword, linked, providers };
  return own.map(({ issuer, linkedAt }) => ({ issuer, linkedAt, canUnlink: mayUnlink(ways, issuer) }));
}
