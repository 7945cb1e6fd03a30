'use client';

import { Popover as Primitive } from 'radix-ui';
import type { ReactNode } from 'react';
import { cx } from './classes.ts';

/** Something small beside its trigger, opened by a click and closed by Esc. */
export function Popover(props: {
  trigger: ReactNode;
  children: ReactNode;
  label?: string;
  align?: 'start' | 'center' | 'end';
  className?: string;
  open?: boolean;
  onOpenChange?: (open: boolean) => void;
}) {
  return (
    <Primitive.Root open={props.open} onOpenChange={props.onOpenChange}>
      <Primitive.Trigger asChild>{props.trigger}</Primitive.Trigger>
      <Primitive.Portal>
        <Primitive.Content
          aria-label={props.label}
          align={props.align ?? 'start'}
          sideOffset={6}
          collisionPadding={12}
          className={cx(
            'z-50 w-80 max-w-[calc(100vw-24px)] rounded-lg border border-line bg-surface p-3 text-sm text-ink shadow-float outline-none',
            props.className,
          )}
        >
          {props.children}
        </Primitive.Content>
      </Primitive.Portal>
    </Primitive.Root>
  );
}
