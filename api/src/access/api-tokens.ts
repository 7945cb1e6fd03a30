import { recordEvent } from '../audit-log/record-event.ts';
import type { Context, Services } from '../context.ts';
import { loadsOne } from '../platform/loader.ts';
import { InputRefusal, NotFoundRefusal } from '../platform/refusal.ts';
import { type ApiTokenRow, insertApiToken, markApiTokenRevoked, selectApiTokens } from './access.store.ts';
import type { Change } from './change.ts';
import { newApiToken } from './secrets.ts';
import { type Principal, ROLE_SCOPES, SCOPES, type Scope } from './viewer.ts';

/** Checks what a token asks for: known scopes, none beyond the maker's own. */
export function parseScopes(by: Principal, scopes: readonly string[]): Scope[] {
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
    return scope as Scope;
  });
}

/** Makes a token for its maker and returns it in clear, this once. */
export async function createApiToken(
  change: Pick<Change, 'tx' | 'by' | 'teamId'> & { context: Pick<Services, 'digest'> },
  input: { name: string; scopes: readonly string[]; expiresAt?: Date | null },
): Promise<{ token: string; apiToken: bigint }> {
  const name = input.name.trim();
  if (name === '' || name.length > 100)
    throw new InputRefusal(['name'], 'A token needs a name.', '1 to 100 characters');
  if (input.expiresAt != null && input.expiresAt.getTime() <= Date.now()) {
    throw new InputRefusal(['expiresAt'], 'The token would be expired already.', 'a moment to come');
  }
  const scopes = parseScopes(change.by, input.scopes);
  const token = newApiToken();
  const apiToken = await insertApiToken(change.tx, {
    actorId: change.by.actorId,
    name,
    digest: change.context.digest(token),
    prefix: token.slice(0, 8),
    scopes,
    expiresAt: input.expiresAt ?? null,
  });
  const by = { actorId: change.by.actorId, teamId: change.teamId };
  await recordEvent(change.tx, by, { type: 'API_TOKEN_CREATED', name, scopes }, { visibility: 'RESTRICTED' });
  return { token, apiToken };
}

export async function revokeApiToken(change: Change, id: bigint): Promise<{ apiToken: bigint }> {
  const owner = change.by.role === 'ADMINISTRATOR' ? null : change.by.actorId;
  const [row] = await selectApiTokens(change.tx, [id], owner);
  if (row === undefined) throw new NotFoundRefusal(['id'], 'There is no such token of yours.');
  await markApiTokenRevoked(change.tx, id);
  await change.event({ type: 'API_TOKEN_REVOKED', name: row.name }, { visibility: 'RESTRICTED' });
  return { apiToken: id };
}

/** A token's facts (never the token) for its owner and administrators. */
export const apiTokenById = loadsOne<Context, ApiTokenRow>('apiTokenById', async (context, ids) => {
  if (context.viewer.kind === 'anonymous') return new Map();
  const owner = context.viewer.role === 'ADMINISTRATOR' ? null : context.viewer.actorId;
  return new Map((await selectApiTokens(context.db, ids, owner)).map((row) => [row.id, row]));
});
