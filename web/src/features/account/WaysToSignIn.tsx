'use client';

import { signIn } from 'next-auth/react';
import { useState } from 'react';
import type { AccountQuery } from '@/graphql/generated/graphql.ts';
import { paths } from '@/navigation/paths.ts';
import { Button } from '@/ui/Button.tsx';
import { Moment } from '@/ui/Figure.tsx';
import { Notice } from '@/ui/Notice.tsx';
import { Table, Td, Th } from '@/ui/Table.tsx';
import { linkFailureInWords } from './link-failures.ts';

type Providers = AccountQuery['signInProviders'];

/** The password and each provider: which of them open the account, and since when. */
export function WaysToSignIn(props: {
  hasPassword: boolean;
  providers: Providers;
  /** Of the identities that the account has. */
  issuers: readonly string[];
  /** Why nothing can be linked now, where it cannot. */
  blocked: string | null;
  error: string | null;
  linked: string | null;
}) {
  const done = props.providers.find(({ id, linkedAt }) => id === props.linked && linkedAt !== null);
  // An identity stays on record where its provider is no longer one of this installation.
  const retired = [...new Set(props.issuers)].filter(
    (issuer) => !props.providers.some((provider) => provider.issuer === issuer),
  );
  return (
    <>
      {props.error ? (
        <Notice tone="danger" role="alert" className="mb-3">
          {linkFailureInWords(props.error)}
        </Notice>
      ) : null}
      {done && !props.error ? (
        <Notice role="status" className="mb-3">
          Linked. From now on you can sign in with {done.name}, too.
        </Notice>
      ) : null}
      <Table label="Ways to sign in">
        <thead>
          <tr>
            <Th>Way</Th>
            <Th>Linked</Th>
            <Th>
              <span className="sr-only">Actions</span>
            </Th>
          </tr>
        </thead>
        <tbody>
          <tr>
            <Td>Password</Td>
            <Td>{props.hasPassword ? 'Set' : 'Not set'}</Td>
            <Td />
          </tr>
          {props.providers.map((provider) => (
            <tr key={provider.id}>
              <Td>
                <span className="block first-letter:uppercase">{provider.name}</span>
                <span className="block font-mono text-xs break-all text-ink-2">{provider.issuer}</span>
              </Td>
              <Td>{provider.linkedAt ? <Moment value={provider.linkedAt} /> : 'Not linked'}</Td>
              <Td align="right" className="py-1">
                {provider.linkedAt ? null : <Link provider={provider} blocked={props.blocked} />}
              </Td>
            </tr>
          ))}
          {retired.map((issuer) => (
            <tr key={issuer}>
              <Td className="font-mono text-xs break-all">{issuer}</Td>
              <Td>No longer a provider here</Td>
              <Td />
            </tr>
          ))}
        </tbody>
      </Table>
    </>
  );
}

function Link({ provider, blocked }: { provider: Providers[number]; blocked: string | null }) {
  const [leaving, setLeaving] = useState(false);
  const go = async () => {
    setLeaving(true);
    const noted = await fetch(paths.link(provider.id), { method: 'POST' }).catch(() => null);
    if (noted?.ok) await signIn(provider.id, { callbackUrl: paths.account() });
    else window.location.assign(paths.linkFailed(noted?.status === 401 ? 'SignInAgain' : 'Unreachable'));
  };
  return (
    <Button
      size="sm"
      busy={leaving}
      disabledReason={blocked}
      aria-label={`Link ${provider.name}`}
      onClick={() => void go()}
    >
      Link
    </Button>
  );
}
