import type { Db } from '../platform/database.ts';
import { selectActingStill } from './access.store.ts';
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
  const row = await selectActingStill(services.db, began);
  if (row === null) return null;
  const { actorId, kind, name, role, teamIds } = row;
  const scopes = new Set(began.scopes.filter((scope) => ROLE_SCOPES[role].includes(scope)));
  const { sessionId, tokenId } = began;
  return { kind: 'principal', actorId, actorKind: kind, name, role, teamIds, scopes, sessionId, tokenId };
}
