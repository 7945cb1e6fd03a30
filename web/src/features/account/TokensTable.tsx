'use client';

import { ActionDialog } from '@/features/incident/actions/ActionDialog.tsx';
import { useWrite } from '@/features/incident/actions/use-write.ts';
import type { TokenRowFragment } from '@/graphql/generated/graphql.ts';
import { graphql } from '@/graphql/generated/index.ts';
import { Badge } from '@/ui/Badge.tsx';
import { Day, Moment } from '@/ui/Figure.tsx';
import { Table, Td, Th } from '@/ui/Table.tsx';

const REVOKE = graphql(`
  mutation RevokeApiToken($input: RevokeApiTokenInput!) {
    revokeApiToken(input: $input) {
      __typename
      ... on RevokeApiTokenSuccess { apiToken { id revokedAt } }
      ...WriteFailure
    }
  }
`);

function State({ token }: { token: TokenRowFragment }) {
  if (token.revokedAt)
    return (
      <>
        revoked <Day value={token.revokedAt} />
      </>
    );
  if (!token.expiresAt) return 'when revoked';
  const isOver = Date.parse(token.expiresAt) <= Date.now();
  return (
    <>
      {isOver ? 'expired ' : ''}
      <Day value={token.expiresAt} />
    </>
  );
}

const endedBy = (token: TokenRowFragment): string | null => {
  if (token.revokedAt) return 'It is revoked already.';
  return token.expiresAt && Date.parse(token.expiresAt) <= Date.now() ? 'It has expired.' : null;
};

export function TokensTable({ tokens, label }: { tokens: readonly TokenRowFragment[]; label: string }) {
  return (
    <Table label={label}>
      <thead>
        <tr>
          <Th>Name</Th>
          <Th>Begins with</Th>
          <Th>Scopes</Th>
          <Th>Created</Th>
          <Th>Last used</Th>
          <Th>Ends</Th>
          <Th>
            <span className="sr-only">Actions</span>
          </Th>
        </tr>
      </thead>
      <tbody>
        {tokens.map((token) => (
          <tr key={token.id} className={endedBy(token) ? 'text-ink-3' : undefined}>
            <Td className="min-w-36 font-medium break-words">{token.name}</Td>
            <Td className="font-mono text-xs whitespace-nowrap">{token.prefix}…</Td>
            <Td className="min-w-40">
              <span className="flex flex-wrap gap-1">
                {token.scopes.map((scope) => (
                  <Badge key={scope}>{scope}</Badge>
                ))}
              </span>
            </Td>
            <Td>
              <Day value={token.createdAt} />
            </Td>
            <Td>
              <Moment value={token.lastUsedAt} unknown="never" />
            </Td>
            <Td className="whitespace-nowrap">
              <State token={token} />
            </Td>
            <Td align="right" className="py-0.5">
              <RevokeToken token={token} />
            </Td>
          </tr>
        ))}
      </tbody>
    </Table>
  );
}

function RevokeToken({ token }: { token: TokenRowFragment }) {
  const { write, busy, failure } = useWrite(REVOKE, 'revokeApiToken', { keyless: true });
  return (
    <ActionDialog
      button="Revoke"
      buttonLabel={`Revoke ${token.name}`}
      buttonProps={{ size: 'sm', look: 'danger' }}
      title={`Revoke ${token.name}?`}
      description="Whatever uses it is refused from its next request on, and so are tokens made with it. This cannot be taken back."
      blocked={endedBy(token)}
      submit="Revoke"
      submitLook="danger"
      done="Token revoked."
      busy={busy}
      failure={failure}
      onSubmit={async () => Boolean(await write({ id: token.id }))}
    />
  );
}
