'use client';

import { X } from 'lucide-react';
import { type KeyboardEvent, useEffect, useId, useRef, useState } from 'react';
import { cx } from './classes.ts';
import { controlLook, useField } from './Field.tsx';
import { type Answer, type Option, offered } from './offered.ts';

export type { Option } from './offered.ts';

export interface ComboboxProps {
  /** What can be chosen for what is typed. Called 200 ms after the last key; aborted when outdated. */
  load: (typed: string, signal: AbortSignal) => Promise<Option[]>;
  chosen: readonly Option[];
  onChange: (chosen: Option[]) => void;
  /** Allows one choice only. */
  single?: boolean;
  /** Offers what was typed as a choice of its own. */
  free?: (typed: string) => Option | null;
  placeholder?: string;
}

/** Chooses by typing, from answers that come from the server. Chosen things stand as chips before the input. */
export function Combobox({ load, chosen, onChange, single, free, placeholder }: ComboboxProps) {
  const field = useField();
  const listId = useId();
  const [typed, setTyped] = useState('');
  const [open, setOpen] = useState(false);
  const [active, setActive] = useState(0);
  const [answer, setAnswer] = useState<Answer>({ kind: 'none' });
  const loader = useRef(load);
  loader.current = load;

  useEffect(() => {
    if (!open) return;
    const abort = new AbortController();
    const of = typed.trim();
    const timer = setTimeout(() => {
      loader.current(of, abort.signal).then(
        (options) => {
          if (abort.signal.aborted) return;
          setAnswer({ kind: 'options', of, options });
          setActive(0);
        },
        () => {
          if (!abort.signal.aborted) setAnswer({ kind: 'failed', of });
        },
      );
    }, 200);
    return () => {
      clearTimeout(timer);
      abort.abort();
    };
  }, [typed, open]);

  const own = typed.trim() && free ? free(typed.trim()) : null;
  const { options, says } = offered({ answer, typed, chosen, own });

  const choose = (option: Option) => {
    onChange(single ? [option] : [...chosen, option]);
    setTyped('');
    if (single) setOpen(false);
  };

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault();
      setOpen(true);
      const step = event.key === 'ArrowDown' ? 1 : -1;
      const next = options.length ? (active + step + options.length) % options.length : 0;
      setActive(next);
      document.getElementById(`${listId}-${next}`)?.scrollIntoView({ block: 'nearest' });
    } else if (event.key === 'Enter') {
      const option = open ? options[active] : undefined;
      if (option) choose(option);
      event.preventDefault();
    } else if (event.key === 'Escape' && open) {
      event.stopPropagation();
      setOpen(false);
    } else if (event.key === 'Backspace' && typed === '' && chosen.length) {
      onChange(chosen.slice(0, -1));
    }
  };

  const activeId = open && options[active] ? `${listId}-${active}` : undefined;
  return (
    <div className="relative">
      <div
        className={cx(
          controlLook,
          'flex min-h-9 flex-wrap items-center gap-1 px-1.5 py-1 focus-within:border-accent has-aria-invalid:border-danger',
        )}
      >
        {chosen.map((option) => (
          <span
            key={option.value}
            className="inline-flex max-w-full items-center gap-0.5 rounded border border-accent-line bg-accent-soft pl-1.5 text-xs"
          >
            <span className="truncate" title={option.value}>
              {option.label}
            </span>
            <button
              type="button"
              aria-label={`Remove ${option.label}`}
              className="flex size-6 items-center justify-center rounded text-ink-2 hover:text-ink"
              onClick={() => onChange(chosen.filter((one) => one.value !== option.value))}
            >
              <X className="size-3" aria-hidden />
            </button>
          </span>
        ))}
        <input
          {...field}
          role="combobox"
          aria-expanded={open}
          aria-controls={listId}
          aria-autocomplete="list"
          aria-activedescendant={activeId}
          autoComplete="off"
          value={typed}
          placeholder={chosen.length ? undefined : placeholder}
          className="h-6 min-w-24 flex-1 bg-transparent px-1 text-base outline-none"
          onChange={(event) => {
            setTyped(event.target.value);
            setActive(0);
            setOpen(true);
          }}
          onFocus={() => setOpen(true)}
          onBlur={() => setOpen(false)}
          onKeyDown={onKeyDown}
        />
      </div>
      <div
        hidden={!open}
        className="absolute inset-x-0 top-full z-30 mt-1 max-h-72 overflow-y-auto rounded-lg border border-line bg-surface p-1 shadow-float"
      >
        <div id={listId} role="listbox" aria-label="Choices">
          {options.map((option, index) => (
            // biome-ignore lint/a11y/useKeyWithClickEvents: the input handles the keys for its listbox
            <div
              key={option.value}
              id={`${listId}-${index}`}
              role="option"
              tabIndex={-1}
              aria-selected={index === active}
              className="rounded px-2 py-1.5 text-sm aria-selected:bg-accent-soft"
              onMouseDown={(event) => event.preventDefault()}
              onMouseMove={() => setActive(index)}
              onClick={() => choose(option)}
            >
              <div className="truncate">{option.label}</div>
              {option.detail ? <div className="truncate text-xs text-ink-3">{option.detail}</div> : null}
            </div>
          ))}
        </div>
        {options.length === 0 ? (
          <p role="status" className="px-2 py-1.5 text-sm text-ink-3">
            {says}
          </p>
        ) : null}
      </div>
    </div>
  );
}
