'use client';

import { X } from 'lucide-react';
import { Dialog as Primitive } from 'radix-ui';
import type { ReactNode } from 'react';
import { Button } from './Button.tsx';
import { cx } from './classes.ts';

export interface DialogProps {
  title: string;
  description?: ReactNode;
  trigger?: ReactNode;
  open?: boolean;
  onOpenChange?: (open: boolean) => void;
  /** Closed by its buttons alone, not by Escape nor a click beside it: it shows what is lost with it. */
  held?: boolean;
  /** Not closed at all now: what it waits for would come to nobody. */
  busy?: boolean;
  children: ReactNode;
  className?: string;
}

/** A task that holds the page until it is done or left. */
export function Dialog({
  title,
  description,
  trigger,
  open,
  onOpenChange,
  held,
  busy,
  children,
  className,
}: DialogProps) {
  const stay = held || busy ? (event: Event) => event.preventDefault() : undefined;
  return (
    <Primitive.Root open={open} onOpenChange={onOpenChange}>
      {trigger ? <Primitive.Trigger asChild>{trigger}</Primitive.Trigger> : null}
      <Primitive.Portal>
        <Primitive.Overlay className="fixed inset-0 z-40 bg-black/35 dark:bg-black/60" />
        <Primitive.Content
          onEscapeKeyDown={stay}
          onInteractOutside={stay}
          {...(description ? {} : { 'aria-describedby': undefined })}
          className={cx(
            'fixed top-[8vh] left-1/2 z-40 flex max-h-[84vh] w-[calc(100vw-24px)] max-w-xl -translate-x-1/2 flex-col rounded-xl border border-line bg-surface shadow-float outline-none',
            className,
          )}
        >
          <div className="flex items-start gap-3 border-b border-line px-5 py-3.5">
            <div className="min-w-0 flex-1">
              <Primitive.Title className="text-lg font-semibold">{title}</Primitive.Title>
              {description ? (
                <Primitive.Description className="mt-0.5 text-sm text-pretty text-ink-2">
                  {description}
                </Primitive.Description>
              ) : null}
            </div>
            <Primitive.Close asChild>
              <Button look="quiet" size="icon" aria-label="Close" disabled={busy} className="-mr-2">
                <X aria-hidden />
              </Button>
            </Primitive.Close>
          </div>
          <div className="min-h-0 flex-1 overflow-y-auto px-5 py-4">{children}</div>
        </Primitive.Content>
      </Primitive.Portal>
    </Primitive.Root>
  );
}

export const DialogClose = Primitive.Close;
