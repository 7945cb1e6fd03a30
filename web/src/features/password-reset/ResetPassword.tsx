'use client';

import { signIn } from 'next-auth/react';
import { type FormEvent, useState } from 'react';
import { SHORTEST_PASSWORD } from '@/features/account/ChangePassword.tsx';
import { useLinkOffer } from '@/features/account/use-link-offer.ts';
import { errorOf } from '@/features/incident/actions/ActionDialog.tsx';
import { useWrite } from '@/features/incident/actions/use-write.ts';
import type { PasswordResetOfferQuery } from '@/graphql/generated/graphql.ts';
import { graphql } from '@/graphql/generated/index.ts';
import { paths } from '@/navigation/paths.ts';
import { Button } from '@/ui/Button.tsx';
import { EmptyState } from '@/ui/EmptyState.tsx';
import { Field, Input } from '@/ui/Field.tsx';
import { Notice } from '@/ui/Notice.tsx';
import { moment } from '@/ui/numbers.ts';
import { Skeleton } from '@/ui/Skeleton.tsx';

const OFFER = graphql(`
  query PasswordResetOffer($token: String!) {
    passwordResetOffer(token: $token) { name email expiresAt }
  }
`);

const RESET = graphql(`
  mutation ResetPassword($input: ResetPasswordInput!) {
    resetPassword(input: $input) {
      __typename
      ... on ResetPasswordSuccess { email revoked }
      ...WriteFailure
    }
  }
`);

type Offer = NonNullable<PasswordResetOfferQuery['passwordResetOffer']>;
const offerOf = (data: PasswordResetOfferQuery) => data.passwordResetOffer;

/** Where the link that an administrator made leads: whoever opens it sets the account's password, once. */
export function ResetPassword() {
  const state = useLinkOffer('hr_', OFFER, offerOf);
  return (
    <div className="mx-auto mt-[6vh] max-w-md">
      <h1 className="mb-4 text-xl font-semibold">Set a new password</h1>
      {state.kind === 'loading' ? (
        <div role="status" aria-label="Reading the link" className="flex flex-col gap-3">
          <Skeleton className="w-3/4" />
          <Skeleton className="h-9" />
        </div>
      ) : null}
      {state.kind === 'failed' ? (
        <EmptyState kind="unreachable" title="The link can’t be read now">
          {state.why}
        </EmptyState>
      ) : null}
      {state.kind === 'gone' ? (
        <EmptyState kind="none" title="This link can’t be used">
          It was used, was replaced, has expired, or is not whole. Ask an administrator for a new one.
        </EmptyState>
      ) : null}
      {state.kind === 'open' ? <NewPassword key={state.token} {...state} /> : null}
    </div>
  );
}

function NewPassword({ token, offer }: { token: string; offer: Offer }) {
  const { write, busy, failure } = useWrite(RESET, 'resetPassword', { keyless: true, anonymous: true });
  const [leaving, setLeaving] = useState(false);
  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const password = String(new FormData(event.currentTarget).get('password') ?? '');
    const done = await write({ token, password });
    if (!done) return;
    setLeaving(true);
    const answer = await signIn('credentials', { redirect: false, email: done.email, password }).catch(
      () => undefined,
    );
    const failed = paths.signInFailed(answer?.error ?? 'Failed', 'password');
    window.location.assign(answer?.ok ? paths.home() : failed);
  };
  return (
    <>
      <p className="break-words text-ink-2">
        For {offer.name}, who signs in as <strong>{offer.email}</strong>. This ends all sessions of the
        account. The link is good until {moment(offer.expiresAt)}.
      </p>
      <form method="post" onSubmit={submit} className="mt-5 flex flex-col gap-4">
        {failure ? (
          <Notice tone="danger" role="alert">
            {failure.message}
          </Notice>
        ) : null}
        <input type="hidden" name="username" autoComplete="username" value={offer.email} readOnly />
        <Field
          label="New password"
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
          {busy || leaving ? 'Setting it…' : 'Set it and sign in'}
        </Button>
      </form>
    </>
  );
}
