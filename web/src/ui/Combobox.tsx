'use client';

import { X } from 'lucide-react';
import { type KeyboardEvent, useEffect, useId, useRef, useState } from 'react';
import { cx } from './classes.ts';
import { controlLook, useField } from './Field.tsx';
import { LONGEST_SEARCH } from './longest-search.ts';
import { namedBy, type Option, offered } from './offered.ts';
import { type Load, useAnswer } from './use-answer.ts';
import { useHeldForm } from './use-held-form.ts';

export type { Option } from './offered.ts';

export interface ComboboxProps {
  /** What can be chosen for what is typed. Called 200 ms after the last key; aborted when outdated. */
  load: Load;
  chosen: readonly Option[];
  onChange: (chosen: Option[]) => void;
  /** Allows one choice only. */
  single?: boolean;
  /** Offers what was typed as a choice of its own. */
  free?: (typed: string) => Option | null;
  /**
   * Whether what was typed and left is taken where it names one choice exactly; so unless told. Not for people: two may
   * have one name, and whoever is meant has to be picked.
   */
  takesNames?: boolean;
  placeholder?: string;
}

/**
 * Chooses by typing, from answers that come from the server. Chosen things stand as chips before the input. What is
 * typed and not chosen is never lost: it is taken where it names one choice, else the form waits and is told of it.
 */
export function Combobox(props: ComboboxProps) {
  const { chosen, onChange, single, free } = props;
  const field = useField();
  const listId = useId();
  const input = useRef<HTMLInputElement>(null);
  const [typed, setTyped] = useState('');
  const [open, setOpen] = useState(false);
  const [active, setActive] = useState(0);
  const [left, setLeft] = useState(false);
  const answer = useAnswer(props.load, typed, open);
  const held = useHeldForm(input, typed.trim() !== '');
  // biome-ignore lint/correctness/useExhaustiveDependencies: another answer, another list
  useEffect(() => setActive(0), [answer]);

  const own = typed.trim() && free ? free(typed.trim()) : null;
  const { options, says } = offered({ answer, typed, chosen, own });

  const choose = (option: Option) => {
    onChange(single ? [option] : [...chosen, option]);
    setTyped('');
    if (single) setOpen(false);
  };

  const answered = answer.kind !== 'none' && answer.of === typed.trim();
  const named = answered && props.takesNames !== false ? namedBy(typed, options) : null;
  const settled = useSettled(left, named, namedBy(typed, chosen), choose, () => setTyped(''));
  const waits = typed.trim() !== '' && !settled && (held || (left && answered));

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

  const describedBy =
    [field['aria-describedby'], waits ? `${listId}-waits` : ''].filter(Boolean).join(' ') || undefined;
  const activeId = open && options[active] ? `${listId}-${active}` : undefined;
  return (
    <div className="relative">
      {waits ? (
        <p id={`${listId}-waits`} role="status" className="mb-1 text-xs font-medium text-danger">
          “{typed.trim()}” is not chosen: choose from the list, or take it away.
        </p>
      ) : null}
      <div
        className={cx(
          controlLook,
          'flex min-h-9 flex-wrap items-center gap-1 px-1.5 py-1 focus-within:border-accent has-aria-invalid:border-danger',
        )}
      >
        {chosen.map((option) => (
          <Chip
            key={option.value}
            option={option}
            onRemove={() => onChange(chosen.filter((one) => one.value !== option.value))}
          />
        ))}
        <input
          {...field}
          ref={input}
          aria-invalid={waits || field['aria-invalid']}
          aria-describedby={describedBy}
          role="combobox"
          aria-expanded={open}
          aria-controls={listId}
          aria-autocomplete="list"
          aria-activedescendant={activeId}
          autoComplete="off"
          // What is typed may be a choice of its own, and longer than what is looked for.
          maxLength={free ? undefined : LONGEST_SEARCH}
          value={typed}
          placeholder={chosen.length ? undefined : props.placeholder}
          className="h-6 min-w-24 flex-1 bg-transparent px-1 text-base outline-none"
          onChange={(event) => {
            setTyped(event.target.value);
            setActive(0);
            setOpen(true);
          }}
          onFocus={() => {
            setOpen(true);
            setLeft(false);
          }}
          onBlur={() => {
            setOpen(false);
            setLeft(true);
          }}
          onKeyDown={onKeyDown}
        />
      </div>
      <Choices
        listId={listId}
        open={open}
        options={options}
        active={active}
        says={says}
        onActive={setActive}
        onChoose={choose}
      />
    </div>
  );
}

/** Takes what was left where it names a choice, or lets it go where that is chosen already; true where it does either. */
function useSettled(
  left: boolean,
  named: Option | null,
  already: Option | null,
  choose: (option: Option) => void,
  clear: () => void,
): boolean {
  const settle = useRef(() => {});
  settle.current = () => {
    if (already) clear();
    else if (named) choose(named);
  };
  const by = left ? (already ?? named)?.value : undefined;
  useEffect(() => {
    if (by !== undefined) settle.current();
  }, [by]);
  return by !== undefined;
}

function Chip({ option, onRemove }: { option: Option; onRemove: () => void }) {
  return (
    <span className="inline-flex max-w-full items-center gap-0.5 rounded border border-accent-line bg-accent-soft pl-1.5 text-xs">
      <span className="truncate" title={option.value}>
        {option.label}
      </span>
      <button
        type="button"
        aria-label={`Remove ${option.label}`}
        className="flex size-6 items-center justify-center rounded text-ink-2 hover:text-ink"
        onClick={onRemove}
      >
        <X className="size-3" aria-hidden />
      </button>
    </span>
  );
}

function Choices(props: {
  listId: string;
  open: boolean;
  options: readonly Option[];
  active: number;
  says: string;
  onActive: (index: number) => void;
  onChoose: (option: Option) => void;
}) {
  const { listId, options, active } = props;
  return (
    <div
      hidden={!props.open}
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
            onMouseMove={() => props.onActive(index)}
            onClick={() => props.onChoose(option)}
          >
            <div className="truncate">{option.label}</div>
            {option.detail ? <div className="truncate text-xs text-ink-3">{option.detail}</div> : null}
          </div>
        ))}
      </div>
      {options.length === 0 ? (
        <p role="status" className="px-2 py-1.5 text-sm text-ink-3">
          {props.says}
        </p>
      ) : null}
    </div>
  );
}
