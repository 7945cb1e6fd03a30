'use client';

import { type FormEvent, type ReactNode, useState } from 'react';
import { errorOf, text } from '@/features/incident/actions/ActionDialog.tsx';
import { useWrite } from '@/features/incident/actions/use-write.ts';
import { openedNow } from '@/features/incident/evidence/use-expired.ts';
import { graphql } from '@/graphql/generated/index.ts';
import { Button } from '@/ui/Button.tsx';
import { Field, Textarea } from '@/ui/Field.tsx';
import { Notice } from '@/ui/Notice.tsx';

const REVEAL = graphql(`
  mutation RevealImport($input: RevealImportInput!) {
    revealImport(input: $input) {
      __typename
      ... on RevealImportSuccess { ticket expiresAt }
      ...WriteFailure
    }
  }
`);

/** What a reason opens, and until when. */
export interface Revealed {
  importId: string;
  ticket: string;
  expiresAt: string;
}

/** Asks why a restricted transcript must be read, and records it before anything is shown. */
export function RevealTranscript(props: {
  importId: string;
  blocked: string | null;
  /** What is said where it was open before and its time is over; null where it was not. */
  ended: ReactNode;
  onRevealed: (revealed: Revealed) => void;
}) {
  const { write, busy, failure } = useWrite(REVEAL, 'revealImport');
  const [typed, setTyped] = useState('');
  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const made = await write({
      import: props.importId,
      reason: text(new FormData(event.currentTarget), 'reason') ?? '',
    });
    if (!made) return;
    setTyped('');
    const { ticket, expiresAt } = made;
    props.onRevealed(openedNow({ importId: props.importId, ticket, expiresAt }, Date.now()));
  };
  return (
    <Notice
      tone="warning"
      role={props.ended ? 'status' : undefined}
      title={
        props.ended
          ? 'The time for which this transcript was open to you is over'
          : 'This transcript is for named people alone'
      }
    >
      {props.ended}
      <form onSubmit={submit} className="mt-2 flex max-w-xl flex-col gap-3">
        {failure && failure.path[0] !== 'reason' ? <p className="text-danger">{failure.message}</p> : null}
        <Field
          label={props.ended ? 'Why do you need to read it again?' : 'Why do you need to read it?'}
          hint="Your name and your reason are recorded first, and shown to the team that sent the log, auditors and administrators. It is open to you for ten minutes."
          error={errorOf(failure, 'reason')}
        >
          <Textarea
            name="reason"
            required
            minLength={10}
            maxLength={2000}
            rows={3}
            value={typed}
            onChange={(event) => setTyped(event.target.value)}
          />
        </Field>
        <div>
          <Button type="submit" look="primary" busy={busy} disabledReason={props.blocked}>
            {busy ? 'Recording the reason…' : 'Record the reason and reveal'}
          </Button>
        </div>
      </form>
    </Notice>
  );
}
