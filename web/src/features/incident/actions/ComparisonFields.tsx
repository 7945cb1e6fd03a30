'use client';

import type { InterventionComparisonInput } from '@/graphql/generated/graphql.ts';
import { Field, Input, Select } from '@/ui/Field.tsx';
import { text } from './ActionDialog.tsx';

/** A measurement or a reported result; `value` is its kind, a colon and its id. */
export interface FigureChoice {
  value: string;
  label: string;
}

const SLOTS = [1, 2, 3];

/** Up to three comparisons. One in which nothing is chosen or named is left out. */
export function ComparisonFields({ figures }: { figures: readonly FigureChoice[] }) {
  if (figures.length === 0) return null;
  const options = figures.map((one) => (
    <option key={one.value} value={one.value}>
      {one.label}
    </option>
  ));
  return SLOTS.map((slot) => (
    <fieldset key={slot} className="flex min-w-0 flex-col gap-3 rounded-lg border border-line p-3">
      <legend className="px-1 text-sm font-medium">
        Comparison {slot} <span className="font-normal text-ink-3">(optional)</span>
      </legend>
      <Field label="What is compared">
        <Input name={`comparison.${slot}.label`} />
      </Field>
      {(['before', 'after'] as const).map((side) => (
        <Field key={side} label={side === 'before' ? 'Before' : 'After'}>
          <Select name={`comparison.${slot}.${side}`} defaultValue="">
            <option value="">Not chosen</option>
            {options}
          </Select>
        </Field>
      ))}
    </fieldset>
  ));
}

const idOf = (chosen: string | null, kind: string): string | null =>
  chosen?.startsWith(`${kind}:`) ? chosen.slice(kind.length + 1) : null;

export function comparisonsOf(form: FormData): InterventionComparisonInput[] {
  return SLOTS.flatMap((slot) => {
    const label = text(form, `comparison.${slot}.label`);
    const before = text(form, `comparison.${slot}.before`);
    const after = text(form, `comparison.${slot}.after`);
    if (!label && !before && !after) return [];
    return [
      {
        label: label ?? 'Before and after',
        beforeMeasurement: idOf(before, 'measurement'),
        beforeResult: idOf(before, 'result'),
        afterMeasurement: idOf(after, 'measurement'),
        afterResult: idOf(after, 'result'),
      },
    ];
  });
}
