'use client';

import { TriangleAlert } from 'lucide-react';
import { type FormEvent, useState } from 'react';
import { graphql } from '@/graphql/generated/index.ts';
import { Button } from '@/ui/Button.tsx';
import { Dialog } from '@/ui/Dialog.tsx';
import { Field, Textarea } from '@/ui/Field.tsx';
import { Notice } from '@/ui/Notice.tsx';
import { errorOf, text } from '../actions/ActionDialog.tsx';
import { useWrite } from '../actions/use-write.ts';
import { openedNow } from './use-expired.ts';

const REVEAL = graphql(`
  mutation RevealEvidence($input: RevealEvidenceInput!) {
    revealEvidence(input: $input) {
      __typename
      ... on RevealEvidenceSuccess { text ticket expiresAt }
      ...WriteFailure
    }
  }
`);

/** What a reveal opened, kept as long as the page is. */
export interface Revealed {
  text: string | null;
  ticket: string;
  /** By the clock of the browser. */
  expiresAt: string;
}

const SHORTEST = 10;

export function RevealDialog(props: {
  id: string;
  title: string;
  warning: string;
  blocked: string | null;
  onRevealed: (revealed: Revealed) => void;
}) {
  const [open, setOpen] = useState(false);
  const { write, busy, failure, clearFailure } = useWrite(REVEAL, 'revealEvidence');
  if (props.blocked) {
    return (
      <Button size="sm" disabledReason={props.blocked}>
        Reveal…
      </Button>
    );
  }
  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const reason = text(new FormData(event.currentTarget), 'reason') ?? '';
    const made = await write({ id: props.id, reason });
    if (!made) return;
    setOpen(false);
    const { ticket, expiresAt } = made;
    props.onRevealed(openedNow({ text: made.text ?? null, ticket, expiresAt }, Date.now()));
  };
  return (
    <Dialog
      title="Reveal restricted evidence"
      description={props.title}
      open={open}
      onOpenChange={(next) => {
        clearFailure();
        setOpen(next);
      }}
      trigger={<Button size="sm">Reveal…</Button>}
    >
      <form onSubmit={submit} className="flex flex-col gap-4">
        <Notice tone="warning">
          <span className="flex items-start gap-2">
            <TriangleAlert className="mt-0.5 size-4 shrink-0 text-warning" aria-hidden />
            {props.warning}
          </span>
        </Notice>
        {failure && failure.path[0] !== 'reason' ? (
          <Notice tone="danger" role="alert">
            {failure.message}
          </Notice>
        ) : null}
        <Field
          label="Why do you need to read it?"
          hint="Your name and your reason are recorded first, and shown to the incident’s team, auditors and administrators."
          error={errorOf(failure, 'reason')}
        >
          <Textarea name="reason" required minLength={SHORTEST} maxLength={2000} rows={3} />
        </Field>
        <div className="flex justify-end gap-2">
          <Button look="quiet" onClick={() => setOpen(false)}>
            Cancel
          </Button>
          <Button type="submit" look="primary" busy={busy}>
            {busy ? 'Recording the reason…' : 'Record the reason and reveal'}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
