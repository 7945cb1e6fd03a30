'use client';

import { useRouter } from 'next/navigation';
import { type FormEvent, type ReactNode, useState } from 'react';
import { Button, type ButtonProps } from '@/ui/Button.tsx';
import { Dialog } from '@/ui/Dialog.tsx';
import { Notice } from '@/ui/Notice.tsx';
import { useToast } from '@/ui/Toast.tsx';
import type { WriteFailure } from './use-write.ts';

export { number, text } from './form-values.ts';

export interface ActionDialogProps {
  button: string;
  /** What the button does, where its text needs the row it stands in. */
  buttonLabel?: string;
  buttonProps?: Pick<ButtonProps, 'look' | 'size'>;
  title: string;
  description?: string;
  /** Why the action is not open now; the button stays and says so. */
  blocked: string | null;
  submit: string;
  done: string;
  busy: boolean;
  failure: WriteFailure | null;
  /** Writes; true where it was done. What was typed stays in the form otherwise. */
  onSubmit: (form: FormData) => Promise<boolean>;
  onOpen?: () => void;
  /** The look of what submits: `danger` for what ends something. */
  submitLook?: ButtonProps['look'];
  children?: ReactNode;
}

/** A form over the page that closes when the record is written, and not before. */
export function ActionDialog(props: ActionDialogProps) {
  const [open, setOpen] = useState(false);
  const router = useRouter();
  const say = useToast();
  if (props.blocked) {
    return (
      <Button {...props.buttonProps} aria-label={props.buttonLabel} disabledReason={props.blocked}>
        {props.button}
      </Button>
    );
  }
  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    if (!(await props.onSubmit(new FormData(event.currentTarget)))) return;
    setOpen(false);
    say(props.done);
    router.refresh();
  };
  return (
    <Dialog
      title={props.title}
      description={props.description}
      open={open}
      onOpenChange={(next) => {
        if (next) {
          props.failure?.forget?.();
          props.onOpen?.();
        }
        setOpen(next);
      }}
      trigger={
        <Button {...props.buttonProps} aria-label={props.buttonLabel}>
          {props.button}
        </Button>
      }
    >
      <form onSubmit={submit} className="flex flex-col gap-4">
        {props.failure ? (
          <Notice tone="danger" role="alert">
            {props.failure.message}
          </Notice>
        ) : null}
        {props.children}
        <div className="flex justify-end gap-2">
          <Button look="quiet" onClick={() => setOpen(false)}>
            Cancel
          </Button>
          <Button type="submit" look={props.submitLook ?? 'primary'} busy={props.busy}>
            {props.busy ? 'Saving…' : props.submit}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

/** The failure's message where it is about this field of the input. */
export const errorOf = (failure: WriteFailure | null, field: string): string | null =>
  failure?.path[0] === field ? failure.message : null;
