'use client';

import { signIn } from 'next-auth/react';
import { type FormEvent, useState } from 'react';
import { SHORTEST_PASSWORD } from '@/features/account/ChangePassword.tsx';
import { type Provider, ProviderButtons } from '@/features/account/ProviderButtons.tsx';
import { useLinkOffer } from '@/features/account/use-link-offer.ts';
import { errorOf, text } from '@/features/incident/actions/ActionDialog.tsx';
import { useWrite } from '@/features/incident/actions/use-write.ts';
import type { InvitationOfferQuery } from '@/graphql/generated/graphql.ts';
import { graphql } from '@/graphql/generated/index.ts';
import { paths } from '@/navigation/paths.ts';
import { Button } from '@/ui/Button.tsx';
import { EmptyState } from '@/ui/EmptyState.tsx';
import { Field, Input } from '@/ui/Field.tsx';
import { Notice } from '@/ui/Notice.tsx';
import { moment, words } from '@/ui/numbers.ts';
import { Skeleton } from '@/ui/Skeleton.tsx';

const OFFER = graphql(`
  query InvitationOffer($token: String!) {
    invitationOffer(token: $token) { email role team invitedBy expiresAt }
  }
`);

const ACCEPT = graphql(`
  mutation AcceptInvitation($input: AcceptInvitationInput!) {
    acceptInvitation(input: $input) {
      __typename
      ... on AcceptInvitationSuccess { email }
      ...WriteFailure
    }
  }
`);

type Offer = NonNullable<InvitationOfferQuery['invitationOffer']>;
const offerOf = (data: InvitationOfferQuery) => data.invitationOffer;

/** Where the link of an invitation leads: whoever opens it becomes a member, by a password or by a provider. */
export function AcceptInvitation({ providers }: { providers: readonly Provider[] }) {
  const state = useLinkOffer('hi_', OFFER, offerOf);
  return (
    <div className="mx-auto mt-[6vh] max-w-md">
      <h1 className="mb-4 text-xl font-semibold">Join Headwater</h1>
      {state.kind === 'loading' ? (
        <div role="status" aria-label="Reading the invitation" className="flex flex-col gap-3">
          <Skeleton className="w-3/4" />
          <Skeleton className="h-9" />
          <Skeleton className="h-9" />
        </div>
      ) : null}
      {state.kind === 'failed' ? (
        <EmptyState kind="unreachable" title="The invitation can’t be read now">
          {state.why}
        </EmptyState>
      ) : null}
      {state.kind === 'gone' ? (
        <EmptyState kind="none" title="This invitation can’t be used">
          It was used, was revoked, has expired, or the link is not whole. Ask whoever sent it for a new one.
        </EmptyState>
      ) : null}
      {state.kind === 'open' ? <Join key={state.token} {...state} providers={providers} /> : null}
    </div>
  );
}

function Join(props: { token: string; offer: Offer; providers: readonly Provider[] }) {
  const { token, offer } = props;
  const { write, busy, failure } = useWrite(ACCEPT, 'acceptInvitation', { keyless: true, anonymous: true });
  const [leaving, setLeaving] = useState(false);
  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const password = String(form.get('password') ?? '');
    const email = offer.email ?? text(form, 'email');
    const joined = await write({ token, name: text(form, 'name') ?? '', email, password });
    if (!joined) return;
    setLeaving(true);
    const answer = await signIn('credentials', { redirect: false, email: joined.email, password }).catch(
      () => undefined,
    );
    const failed = paths.signInFailed(answer?.error ?? 'Failed', 'joined');
    window.location.assign(answer?.ok ? paths.home() : failed);
  };
  return (
    <>
      <p className="break-words text-ink-2">
        {offer.invitedBy} invites {offer.email ? <strong>{offer.email}</strong> : 'you'} to{' '}
        <strong>{offer.team}</strong> as {words(offer.role).toLowerCase()}. The invitation is good until{' '}
        {moment(offer.expiresAt)}.
      </p>
      {props.providers.length > 0 ? (
        <section aria-label="Join by a provider" className="mt-5 border-b border-line pb-5">
          <ProviderButtons providers={props.providers} next={paths.home()} ready invitation={token} />
        </section>
      ) : null}
      <form method="post" onSubmit={submit} className="mt-5 flex flex-col gap-4">
        {failure ? (
          <Notice tone="danger" role="alert">
            {failure.message}
          </Notice>
        ) : null}
        {offer.email ? null : (
          <Field label="E-mail" error={errorOf(failure, 'email')}>
            <Input name="email" type="email" required autoComplete="username" />
          </Field>
        )}
        <Field label="Name" hint="It stands beside what you record." error={errorOf(failure, 'name')}>
          <Input name="name" required maxLength={200} autoComplete="name" />
        </Field>
        <Field
          label="Password"
          hint={`At least ${SHORTEST_PASSWORD} characters; a sentence is good.`}
          error={errorOf(failure, 'password')}
        >
          <Input
            name="password"
            type="password"
            required
            minLength={SHORTEST_PASSWORD}
            maxLength={256}
            autoComplete="new-password"
          />
        </Field>
        <Button type="submit" look="primary" size="lg" busy={busy || leaving}>
          {busy || leaving ? 'Joining…' : 'Join'}
        </Button>
      </form>
    </>
  );
}
