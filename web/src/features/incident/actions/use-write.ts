'use client';

import { useRef, useState } from 'react';
import { type AskOptions, ask, describeProblem, explain } from '@/graphql/browser.ts';
import type { TypedDocumentString } from '@/graphql/generated/graphql.ts';
import { graphql } from '@/graphql/generated/index.ts';

graphql(`
  fragment WriteFailure on Error {
    message
    ... on InputError { path expected }
    ... on NotFoundError { path candidates }
    ... on ConflictError { path }
    ... on TransitionError { path allowed }
  }
`);

/** Why a write was not done. `path` leads to the part of the input that is wrong, `input` left out. */
export interface WriteFailure {
  message: string;
  path: readonly string[];
  /** Takes it back, once whoever saw it has turned away: a dialog that is opened anew begins without it. */
  forget?: () => void;
}

interface WireResult {
  __typename: string;
  message?: string;
  path?: readonly string[];
  expected?: string | null;
  candidates?: readonly string[];
}

const fromWire = (result: WireResult): WriteFailure => {
  const path = (result.path ?? []).filter((part, index) => index > 0 || part !== 'input');
  const hints = [
    result.expected ? `Expected ${result.expected}.` : '',
    result.candidates?.length ? `Did you mean ${result.candidates.join(' or ')}?` : '',
  ];
  return { message: [result.message, ...hints].filter(Boolean).join(' '), path };
};

/** `crypto.randomUUID` exists only on https and localhost; this works on any origin. */
export function newKey(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) =>
    byte.toString(16).padStart(2, '0'),
  ).join('');
}

type Success<Result> = Result extends { __typename: `${string}Success` } ? Result : never;

/**
 * Sends one mutation and tells success from the expected failures. An attempt that got no answer is
 * repeated under its idempotency key, so that pressing the button again never writes twice. Mutations that take or
 * give a secret have no such key (`keyless`): what is kept under it would hold the secret.
 */
export function useWrite<Field extends string, Result extends { __typename: string }, Input extends object>(
  document: TypedDocumentString<Record<Field, Result>, { input: Input }>,
  field: Field,
  options: AskOptions & { keyless?: boolean } = {},
) {
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<WriteFailure | null>(null);
  const clearFailure = () => setFailure(null);
  const fail = (why: WriteFailure): null => {
    setFailure({ ...why, forget: clearFailure });
    return null;
  };
  const unanswered = useRef<{ body: string; key: string } | null>(null);

  const write = async (input: Omit<Input, 'idempotencyKey'>): Promise<Success<Result> | null> => {
    const body = JSON.stringify(input);
    const key = unanswered.current?.body === body ? unanswered.current.key : newKey();
    unanswered.current = { body, key };
    setBusy(true);
    setFailure(null);
    const sent = options.keyless ? input : { ...input, idempotencyKey: key };
    const answer = await ask(document, { input: sent as unknown as Input }, undefined, options);
    setBusy(false);
    if (answer.kind !== 'data') return fail({ message: explain(answer), path: [] });
    unanswered.current = null;
    const result = answer.data[field] as (Result & WireResult) | null;
    if (!result) {
      const [problem] = answer.problems;
      return fail({ message: problem ? describeProblem(problem) : 'The request failed.', path: [] });
    }
    if (!result.__typename.endsWith('Success')) return fail(fromWire(result));
    return result as unknown as Success<Result>;
  };

  return { write, busy, failure, clearFailure };
}
