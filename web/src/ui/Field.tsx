'use client';

import { type ComponentProps, createContext, type ReactNode, useContext, useId } from 'react';
import { cx } from './classes.ts';

interface FieldState {
  id: string;
  describedBy: string | undefined;
  invalid: boolean;
}

const FieldContext = createContext<FieldState | null>(null);

/** What a control inside a `Field` must carry, so that label, hint and error belong to it. */
export function useField() {
  const field = useContext(FieldContext);
  if (!field) return {};
  return {
    id: field.id,
    'aria-describedby': field.describedBy,
    'aria-invalid': field.invalid || undefined,
  };
}

export interface FieldProps {
  label: ReactNode;
  hint?: ReactNode;
  error?: string | null;
  optional?: boolean;
  id?: string;
  className?: string;
  children: ReactNode;
}

export function Field({ label, hint, error, optional, id, className, children }: FieldProps) {
  const made = useId();
  const own = id ?? made;
  const describedBy = [hint ? `${own}-hint` : '', error ? `${own}-error` : ''].filter(Boolean).join(' ');
  return (
    <FieldContext.Provider
      value={{ id: own, describedBy: describedBy || undefined, invalid: Boolean(error) }}
    >
      <div className={cx('flex flex-col gap-1', className)}>
        <label htmlFor={own} className="text-sm font-medium">
          {label}
          {optional ? <span className="font-normal text-ink-3"> (optional)</span> : null}
        </label>
        {hint ? (
          <p id={`${own}-hint`} className="text-xs text-ink-3">
            {hint}
          </p>
        ) : null}
        {/* Above the control, where a list that drops down does not cover it. */}
        {error ? (
          <p id={`${own}-error`} className="text-xs font-medium text-danger">
            {error}
          </p>
        ) : null}
        {children}
      </div>
    </FieldContext.Provider>
  );
}

export const controlLook =
  'w-full rounded-md border border-line-strong bg-surface px-2.5 text-base text-ink shadow-[inset_0_1px_1px_rgb(0_0_0/3%)] aria-invalid:border-danger disabled:opacity-60 focus-visible:outline-offset-0';

export function Input({ className, ...props }: ComponentProps<'input'>) {
  const field = useField();
  return <input {...field} {...props} className={cx(controlLook, 'h-9', className)} />;
}

export function Textarea({ className, ...props }: ComponentProps<'textarea'>) {
  const field = useField();
  return <textarea rows={5} {...field} {...props} className={cx(controlLook, 'py-2', className)} />;
}

export function Select({ className, ...props }: ComponentProps<'select'>) {
  const field = useField();
  return <select {...field} {...props} className={cx(controlLook, 'h-9 pr-7', className)} />;
}

export function Checkbox({ label, ...props }: ComponentProps<'input'> & { label: ReactNode }) {
  return (
    <label className="inline-flex items-center gap-2 text-sm">
      <input type="checkbox" {...props} className="size-4 accent-[var(--accent)]" />
      {label}
    </label>
  );
}
