// What a combobox offers: only what answers the text that stands in it now.
import type { ReactNode } from 'react';

export interface Option {
  value: string;
  label: string;
  detail?: ReactNode;
}

/** What was last answered, and to which text, outer spaces left out. */
export type Answer =
  | { kind: 'none' }
  | { kind: 'options'; of: string; options: readonly Option[] }
  | { kind: 'failed'; of: string };

/** What can be chosen, and what is said where that is nothing. */
export interface Offered {
  options: Option[];
  says: string;
}

/**
 * An answer to another text offers nothing: Enter would choose from a list that is about to go. What was typed as a
 * choice of its own (`own`) is offered whatever the answer.
 */
export function offered(now: {
  answer: Answer;
  typed: string;
  chosen: readonly Option[];
  own: Option | null;
}): Offered {
  const { answer, own } = now;
  const typed = now.typed.trim();
  const taken = new Set(now.chosen.map((option) => option.value));
  const isOfThis = answer.kind !== 'none' && answer.of === typed;
  const found =
    isOfThis && answer.kind === 'options' ? answer.options.filter((option) => !taken.has(option.value)) : [];
  const isNew = own && !taken.has(own.value) && !found.some((option) => option.value === own.value);
  return {
    options: isNew ? [...found, own] : [...found],
    says: saysOf(typed, isOfThis ? answer.kind : 'none'),
  };
}

/**
 * The one choice that a text names exactly, by what it is called or by its value, whatever the case; null where there is
 * none, or more than one.
 */
export function namedBy(typed: string, options: readonly Option[]): Option | null {
  const name = typed.trim().toLowerCase();
  if (name === '') return null;
  const named = options.filter(({ label, value }) =>
    [label, value].some((one) => one.toLowerCase() === name),
  );
  return named.length === 1 ? (named[0] ?? null) : null;
}

function saysOf(typed: string, kind: Answer['kind']): string {
  if (kind === 'failed') return 'The search is not reachable. What you typed is kept.';
  if (typed === '') return 'Type a name.';
  return kind === 'options' ? 'Nothing matches.' : 'Searching…';
}
