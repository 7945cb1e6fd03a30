'use client';

import { signIn } from 'next-auth/react';
import { useState } from 'react';
import type { AccountQuery } from '@/graphql/generated/graphql.ts';
import { paths } from '@/navigation/paths.ts';
import { Button } from '@/ui/Button.tsx';
import { Moment } from '@/ui/Figure.tsx';
import { Notice } from '@/ui/Notice.tsx';
import { Table, Td, Th } from '@/ui/Table.tsx';
import { useToast } from '@/ui/Toast.tsx';
import { linkFailureInWords } from './link-failures.ts';
import { UnlinkIdentity } from './UnlinkIdentity.tsx';

type Providers = AccountQuery['signInProviders'];
type Identities = AccountQuery['viewer']['identities'];

/** The password and each provider: which of them open the account, and since when. */
export function WaysToSignIn(props: {
  hasPassword: boolean;
  providers: Providers;
  identities: Identities;
  /** Why nothing can be linked or unlinked now, where it cannot. */
  blocked: string | null;
  error: string | null;
  linked: string | null;
}) {
  const { providers, identities, blocked } = props;
  const identityOf = (provider: Providers[number]) =>
    identities.find((identity) => identity.issuer === provider.issuer);
  const done = providers.find((provider) => provider.id === props.linked && identityOf(provider));
  // An identity stays linked where its provider is no longer one of this installation.
  const retired = identities.filter(
    ({ issuer }) => !providers.some((provider) => provider.issuer === issuer),
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
          {providers.map((provider) => {
            const identity = identityOf(provider);
            return (
              <tr key={provider.id}>
                <Td>
                  <span className="block first-letter:uppercase">{provider.name}</span>
                  <span className="block font-mono text-xs break-all text-ink-2">{provider.issuer}</span>
                </Td>
                <Td>{identity ? <Moment value={identity.linkedAt} /> : 'Not linked'}</Td>
                <Td align="right" className="py-1">
                  {identity ? (
                    <UnlinkIdentity name={provider.name} identity={identity} blocked={blocked} />
                  ) : (
                    <Link provider={provider} blocked={blocked} />
                  )}
                </Td>
              </tr>
            );
          })}
          {retired.map((identity) => (
            <tr key={identity.issuer}>
              <Td className="font-mono text-xs break-all">{identity.issuer}</Td>
              <Td>No longer a provider here</Td>
              <Td align="right" className="py-1">
                <UnlinkIdentity name={identity.issuer} identity={identity} blocked={blocked} />
              </Td>
            </tr>
          ))}
        </tbody>
      </Table>
    </>
  );
}

function Link({ provider, blocked }: { provider: Providers[number]; blocked: string | null }) {
  const [leaving, setLeaving] = useState(false);
  const say = useToast();
  const link = async () => {
    const noted = await fetch(paths.link(provider.id), { method: 'POST' });
    if (noted.ok) await signIn(provider.id, { callbackUrl: paths.account() });
    else window.location.assign(paths.linkFailed(noted.status === 401 ? 'SignInAgain' : 'Unreachable'));
  };
  const go = async () => {
    setLeaving(true);
    await link().catch(() => {
      setLeaving(false);
      say('Headwater is not reachable, so nothing was linked. Try again in a moment.');
    });
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
