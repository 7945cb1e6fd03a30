'use client';

import { signIn } from 'next-auth/react';
import { type FormEvent, useEffect, useRef, useState } from 'react';
import { Button } from '@/ui/Button.tsx';
import { Field, Input } from '@/ui/Field.tsx';
import { Notice } from '@/ui/Notice.tsx';
import { type Provider, ProviderButtons } from './ProviderButtons.tsx';
import { doneInWords, signInFailureInWords } from './sign-in-failures.ts';

export function SignInForm(props: {
  next: string;
  providers: readonly Provider[];
  error: string | null;
  /** What was done before, where this page is only what comes next. */
  done: string | null;
}) {
  const { next } = props;
  const done = doneInWords(props.done);
  const [failure, setFailure] = useState<string | null>(props.error && signInFailureInWords(props.error));
  const [busy, setBusy] = useState(false);
  const [ready, setReady] = useState(false);
  const password = useRef<HTMLInputElement>(null);
  // Before the page's scripts run, a submit would send the password as an ordinary form.
  useEffect(() => setReady(true), []);

  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    setBusy(true);
    setFailure(null);
    const answer = await signIn('credentials', {
      redirect: false,
      email: String(form.get('email')),
      password: String(form.get('password')),
    }).catch(() => undefined);
    if (answer?.ok) {
      window.location.assign(next);
      return;
    }
    setBusy(false);
    setFailure(signInFailureInWords(answer?.error ?? ''));
    password.current?.focus();
    password.current?.select();
  };

  return (
    <div className="mx-auto mt-[8vh] max-w-sm">
      <h1 className="text-xl font-semibold">Sign in</h1>
      <p className="mt-1 text-sm text-ink-2">
        What is public can be read without. Sign in to read what is for members, and to write.
      </p>
      {done ? (
        <Notice role="status" className="mt-5">
          {done}
        </Notice>
      ) : null}
      <form method="post" onSubmit={submit} className="mt-5 flex flex-col gap-4">
        {failure ? (
          <Notice tone="danger" role="alert">
            {failure}
          </Notice>
        ) : null}
        <Field label="E-mail">
          <Input name="email" type="email" autoComplete="username" required />
        </Field>
        <Field label="Password">
          <Input ref={password} name="password" type="password" autoComplete="current-password" required />
        </Field>
        <Button type="submit" look="primary" size="lg" busy={busy} disabled={!ready}>
          {busy ? 'Signing in…' : 'Sign in'}
        </Button>
      </form>
      {props.providers.length > 0 ? (
        <section aria-label="Other ways to sign in" className="mt-5 border-t border-line pt-5">
          <ProviderButtons providers={props.providers} next={next} ready={ready} />
        </section>
      ) : null}
    </div>
  );
}
