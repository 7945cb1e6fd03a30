'use client';

import { useRouter } from 'next/navigation';
import { type FormEvent, type ReactNode, useState } from 'react';
import type { WriteFailure } from '@/features/incident/actions/use-write.ts';
import { Button, type ButtonProps } from '@/ui/Button.tsx';
import { Dialog } from '@/ui/Dialog.tsx';
import { Notice } from '@/ui/Notice.tsx';
import { SecretOnce } from '@/ui/SecretOnce.tsx';

export interface SecretDialogProps {
  button: string;
  buttonLabel?: string;
  buttonProps?: Pick<ButtonProps, 'look' | 'size'>;
  title: string;
  description: string;
  blocked: string | null;
  submit: string;
  busy: boolean;
  failure: WriteFailure | null;
  /** Makes it; its secret, or null where it was not made. */
  onSubmit: (form: FormData) => Promise<string | null>;
  /** What the secret is, and what to do with it. */
  secret: { label: string; note: string };
  children: ReactNode;
}

/** A form over the page that ends with a secret, which is gone when the dialog is closed: only a button closes it then. */
export function SecretDialog(props: SecretDialogProps) {
  const [open, setOpen] = useState(false);
  const [secret, setSecret] = useState<string | null>(null);
  const router = useRouter();
  const { button, buttonLabel, buttonProps } = props;
  if (props.blocked) {
    return (
      <Button {...buttonProps} aria-label={buttonLabel} disabledReason={props.blocked}>
        {button}
      </Button>
    );
  }
  const change = (next: boolean) => {
    // Closed while it is made, the secret would be good, and nobody would have seen it.
    if (!next && props.busy) return;
    if (next) props.failure?.forget?.();
    setOpen(next);
    if (next || (secret === null && !props.failure)) return;
    setSecret(null);
    // After a failure, too: where the answer alone was lost, the list shows what was made, to be revoked.
    router.refresh();
  };
  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    setSecret(await props.onSubmit(new FormData(event.currentTarget)));
  };
  return (
    <Dialog
      title={props.title}
      description={props.description}
      open={open}
      onOpenChange={change}
      held={secret !== null}
      busy={props.busy}
      trigger={
        <Button {...buttonProps} aria-label={buttonLabel}>
          {button}
        </Button>
      }
    >
      {secret === null ? (
        <form onSubmit={submit} className="flex flex-col gap-4">
          {props.failure ? (
            <Notice tone="danger" role="alert">
              {props.failure.message}
            </Notice>
          ) : null}
          {props.children}
          <div className="flex justify-end gap-2">
            <Button look="quiet" disabled={props.busy} onClick={() => change(false)}>
              Cancel
            </Button>
            <Button type="submit" look="primary" busy={props.busy}>
              {props.busy ? 'Making it…' : props.submit}
            </Button>
          </div>
        </form>
      ) : (
        <SecretOnce {...props.secret} secret={secret} onDone={() => change(false)} />
      )}
    </Dialog>
  );
}
