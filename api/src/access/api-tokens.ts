import type { Event } from '../audit-log/event.ts';
import { recordEvent } from '../audit-log/record-event.ts';
import type { Context, Services } from '../context.ts';
import { loadsOne } from '../platform/loader.ts';
import { listUnder } from '../platform/nested-page.ts';
import type { PageArguments } from '../platform/page.ts';
import { AccessRefusal, ConflictRefusal, InputRefusal, NotFoundRefusal } from '../platform/refusal.ts';
import { mustStand } from './acting-still.ts';
import {
  type ApiTokenRow,
  holdApiToken,
  insertApiToken,
  markApiTokenRevoked,
  pageOfApiTokens,
  selectApiTokens,
  type TokenReach,
  tokensUnder,
} from './api-token.store.ts';
import { authorise, type Change } from './change.ts';
import { mustBeFreshIfSession } from './fresh-session.ts';
import { holdAdministration, selectMember } from './member.store.ts';
import { newApiToken } from './secrets.ts';
import { may, type Principal, ROLE_SCOPES, type Role, SCOPES, type Scope, type Viewer } from './viewer.ts';

/** Checks what a token asks for: known scopes, none beyond the maker's own or its owner's role. */
export function parseScopes(by: Principal, scopes: readonly string[], ownerRole: Role = by.role): Scope[] {
  if (scopes.length === 0)
    throw new InputRefusal(['scopes'], 'A token needs at least one scope.', SCOPES.join(', '));
  return scopes.map((scope, i) => {
    if (!(SCOPES as readonly string[]).includes(scope)) {
      throw new InputRefusal(['scopes', i], `There is no scope "${scope}".`, SCOPES.join(', '));
    }
    if (!ROLE_SCOPES[by.role].includes(scope as Scope) || !by.scopes.has(scope as Scope)) {
      throw new InputRefusal(
        ['scopes', i],
        `You may not grant ${scope}: you don't have it.`,
        'scopes that you have',
      );
    }
    if (!ROLE_SCOPES[ownerRole].includes(scope as Scope)) {
      const expected = ROLE_SCOPES[ownerRole].join(', ');
      throw new InputRefusal(['scopes', i], `The role ${ownerRole.toLowerCase()} has no ${scope}.`, expected);
    }
    return scope as Scope;
  });
}

/** As much of a change as tokens are made and revoked with. */
export type Maker = Pick<Change, 'tx' | 'by' | 'teamId'> & { context: Pick<Services, 'digest' | 'ids'> };

/** Makes a token for its maker, or for a service account, and returns it in clear, this once. */
export async function createApiToken(
  change: Maker,
  input: { name: string; scopes: readonly string[]; expiresAt?: Date | null; owner?: bigint | null },
): Promise<{ token: string; apiToken: bigint }> {
  const name = input.name.trim();
  if (name === '' || name.length > 100)
    throw new InputRefusal(['name'], 'A token needs a name.', '1 to 100 characters');
  if (input.expiresAt != null && input.expiresAt.getTime() <= Date.now()) {
    throw new InputRefusal(['expiresAt'], 'The token would be expired already.', 'a moment to come');
  }
  await mustBeFreshIfSession(change.tx, change.by);
  const owner = await ownerOf(change, input.owner ?? null);
  const scopes = parseScopes(change.by, input.scopes, owner.role);
  await outliveNoMaker(change, input.expiresAt ?? null);
  const token = newApiToken();
  const apiToken = await insertApiToken(change.tx, {
    actorId: owner.actorId,
    madeWith: change.by.tokenId,
    name,
    digest: change.context.digest(token),
    prefix: token.slice(0, 8),
    scopes,
    expiresAt: input.expiresAt ?? null,
  });
  await tell(change, {
    type: 'API_TOKEN_CREATED',
    name,
    scopes,
    ...(owner.name && { owner: owner.name }),
    ...tokenAndOwner(change.context, { id: apiToken, actorId: owner.actorId }),
  });
  return { token, apiToken };
}

const tell = ({ tx, by: { actorId }, teamId }: Maker, event: Event) =>
  recordEvent(tx, { actorId, teamId }, event, { visibility: 'RESTRICTED' });

/** Which token, and whose: several have the same name. */
const tokenAndOwner = ({ ids }: Pick<Services, 'ids'>, { id, actorId }: { id: bigint; actorId: bigint }) => ({
  tokenId: ids.encode('ApiToken', id),
  ownerId: ids.encode('Actor', actorId),
});

/** Tokens are made for oneself; an administrator makes them for service accounts, and for no other person. */
async function ownerOf(
  change: Maker,
  owner: bigint | null,
): Promise<{ actorId: bigint; role: Role; name?: string }> {
  if (owner === null || owner === change.by.actorId)
    return { actorId: change.by.actorId, role: change.by.role };
  const isAdministrator = may(change.by, 'admin').allowed;
  if (isAdministrator) {
    // It would outlive their administration, had that been ended meanwhile.
    await holdAdministration(change.tx);
    await mustStand(change.tx, [change.by]);
  }
  const member = isAdministrator ? await selectMember(change.tx, owner) : null;
  if (member?.kind !== 'SERVICE')
    throw new NotFoundRefusal(['owner'], 'There is no such service account that you administer.');
  if (member.disabledAt !== null) throw new ConflictRefusal(['owner'], 'The service account is disabled.');
  return { actorId: owner, role: member.role, name: member.name };
}

/** A token made with a token ends with it: else a short-lived one could be made to last. */
async function outliveNoMaker(change: Maker, expiresAt: Date | null): Promise<void> {
  const end = await endOfMaker(change);
  if (end !== null && (expiresAt === null || expiresAt > end)) {
    const message = 'A token made with a token ends no later than that.';
    throw new InputRefusal(['expiresAt'], message, `at most ${end.toISOString()}`);
  }
}

/**
 * When the token that something is made with ends, which stands until the end of the transaction; null where there is none,
 * or it has no end.
 */
export async function endOfMaker({ tx, by: { tokenId } }: Pick<Maker, 'tx' | 'by'>): Promise<Date | null> {
  if (tokenId === null) return null;
  const maker = await holdApiToken(tx, tokenId);
  if (maker === null) throw new AccessRefusal('UNAUTHENTICATED', 'The token was revoked meanwhile.');
  return maker.expiresAt;
}

function reachOf(viewer: Viewer): TokenReach | null {
  if (viewer.kind === 'anonymous') return null;
  const isAdministrator = may(viewer, 'admin').allowed;
  return {
    ownerId: isAdministrator ? null : viewer.actorId,
    tokenId: isAdministrator ? null : viewer.tokenId,
  };
}

export async function revokeApiToken(change: Maker, id: bigint): Promise<{ apiToken: bigint }> {
  const reach = reachOf(change.by);
  const [row] = reach === null ? [] : await selectApiTokens(change.tx, [id], reach);
  if (row === undefined) throw new NotFoundRefusal(['id'], 'There is no such token of yours.');
  await markApiTokenRevoked(change.tx, id);
  await tell(change, { type: 'API_TOKEN_REVOKED', name: row.name, ...tokenAndOwner(change.context, row) });
  return { apiToken: id };
}

/** A token's facts (never the token) for its owner and administrators; a token that may not read finds none. */
export const apiTokenById = loadsOne<Context, ApiTokenRow>('apiTokenById', async (context, ids) => {
  const reach = may(context.viewer, 'read').allowed ? reachOf(context.viewer) : null;
  if (reach === null) return new Map();
  return new Map((await selectApiTokens(context.db, ids, reach)).map((row) => [row.id, row]));
});

/** The tokens of the viewer, or of `owner` for an administrator. */
export function apiTokensOf(context: Context, owner: bigint | null, args: PageArguments) {
  const viewer = authorise(context, 'read');
  const reach = reachOf(viewer)!;
  return pageOfApiTokens(context, owner ?? viewer.actorId, reach, args);
}

/** The tokens of each of many members in one statement. */
export function apiTokensUnder(context: Context, owner: bigint, args: PageArguments) {
  authorise(context, 'read');
  return pageOfTokensUnder(context, owner, args);
}

const pageOfTokensUnder = listUnder<Context, PageArguments, ApiTokenRow>('apiTokens', (context) =>
  tokensUnder(reachOf(context.viewer)!),
);

export type { ApiTokenRow } from './api-token.store.ts';
