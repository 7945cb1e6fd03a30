import type { Db } from '../platform/database.ts';
import { AccessRefusal } from '../platform/refusal.ts';
import { selectActingStill } from './access.store.ts';
import { losesRights } from './rules.ts';
import { type Principal, ROLE_SCOPES, type Scope } from './viewer.ts';

/** What is kept of a principal whose work goes on after their request, and after a restart. */
export interface Began {
  actorId: bigint;
  sessionId: bigint | null;
  tokenId: bigint | null;
  scopes: readonly Scope[];
}

export function beganBy(by: Principal): Began {
  const { actorId, sessionId, tokenId, scopes } = by;
  return { actorId, sessionId, tokenId, scopes: [...scopes] };
}

/**
 * Who began something, with the role and teams that they have now and no scope that they had not then; null where
 * they were disabled since, or the session or token that they began with was revoked.
 */
export async function actingStill(
  services: { db: Pick<Db, '$queryRaw'> },
  began: Began,
): Promise<Principal | null> {
  const [row = null] = await selectActingStill(services.db, [began]);
  if (row === null) return null;
  const { actorId, kind, name, role, teamIds } = row;
  const scopes = new Set(began.scopes.filter((scope) => ROLE_SCOPES[role].includes(scope)));
  const { sessionId, tokenId } = began;
  return { kind: 'principal', actorId, actorKind: kind, name, role, teamIds, scopes, sessionId, tokenId };
}

/**
 * Throws an AccessRefusal where one of them may act no longer, or has lost what their request came with: a request may
 * wait, or go on, long after its rights were read at the door. What they gained since is for their next request.
 */
export async function mustStand(db: Pick<Db, '$queryRaw'>, all: readonly Principal[]): Promise<void> {
  const key = (by: Principal) => [by.actorId, by.sessionId, by.tokenId].join();
  const distinct = [...new Map(all.map((by) => [key(by), by])).values()];
  const rows = await selectActingStill(db, distinct);
  const now = new Map(distinct.map((by, i) => [key(by), rows[i]]));
  for (const by of all) {
    const account = now.get(key(by));
    if (!account) throw new AccessRefusal('UNAUTHENTICATED', ENDED);
    const teams = new Set(account.teamIds);
    if (losesRights(by.role, account.role) || by.teamIds.some((id) => !teams.has(id)))
      throw new AccessRefusal('FORBIDDEN', CHANGED);
  }
}

const ENDED = 'The session or token was ended meanwhile, or the account disabled. Nothing was changed.';
const CHANGED = 'Your role or teams were changed meanwhile. Nothing else was changed: ask again.';
