'use client';

import { cva, type VariantProps } from 'class-variance-authority';
import { Slot } from 'radix-ui';
import { type ComponentProps, useId } from 'react';
import { cx } from './classes.ts';
import { Tooltip } from './Tooltip.tsx';

export const buttonLook = cva(
  'inline-flex shrink-0 items-center justify-center gap-1.5 rounded-md border font-medium whitespace-nowrap transition-colors select-none [&_svg]:size-4 [&_svg]:shrink-0 aria-disabled:opacity-55 disabled:opacity-55',
  {
    variants: {
      look: {
        primary:
          'border-transparent bg-accent text-accent-ink not-disabled:not-aria-disabled:hover:bg-accent-strong',
        plain: 'border-line-strong bg-surface text-ink not-disabled:not-aria-disabled:hover:bg-sunken',
        quiet:
          'border-transparent bg-transparent text-ink-2 not-disabled:not-aria-disabled:hover:bg-sunken not-disabled:not-aria-disabled:hover:text-ink',
        danger:
          'border-line-strong bg-surface text-danger not-disabled:not-aria-disabled:hover:bg-danger-soft',
      },
      size: { sm: 'h-7 px-2 text-xs', md: 'h-8 px-3 text-sm', lg: 'h-9 px-4 text-base', icon: 'size-8 p-0' },
    },
    defaultVariants: { look: 'plain', size: 'md' },
  },
);

export type ButtonProps = ComponentProps<'button'> &
  VariantProps<typeof buttonLook> & {
    /** Renders its only child (a link) with the button's look. */
    asChild?: boolean;
    /** Why it can't be used now. It stays visible and focusable, and says so. */
    disabledReason?: string | null;
    busy?: boolean;
  };

export function Button({
  look,
  size,
  asChild,
  disabledReason,
  busy,
  className,
  type,
  ...props
}: ButtonProps) {
  const reasonId = useId();
  const classes = cx(buttonLook({ look, size }), className);
  if (disabledReason) {
    return (
      <Tooltip content={disabledReason}>
        <button
          {...props}
          type="button"
          className={classes}
          aria-disabled="true"
          aria-describedby={reasonId}
          onClick={(event) => event.preventDefault()}
        >
          {props.children}
          <span id={reasonId} hidden>
            {disabledReason}
          </span>
        </button>
      </Tooltip>
    );
  }
  if (asChild) return <Slot.Root {...props} className={classes} />;
  return (
    <button
      {...props}
      type={type ?? 'button'}
      className={classes}
      disabled={props.disabled || busy}
      aria-busy={busy || undefined}
    />
  );
}
