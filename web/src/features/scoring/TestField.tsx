'use client';

import { Field, Input, Select } from '@/ui/Field.tsx';
import { parseValues, TEST_KINDS, type TestKind, type TestTyped } from './rule-form.ts';

const KIND: Record<TestKind, string> = {
  none: 'nothing',
  values: 'one of these values',
  atLeast: 'a number, at least',
  above: 'a number above',
  atMost: 'a number, at most',
  below: 'a number below',
};

/** Which values are meant: listed, or on one side of a bound. */
export function TestField(props: {
  label: string;
  hint: string;
  optional?: boolean;
  typed: TestTyped;
  error: string | null;
  onChange: (typed: TestTyped) => void;
}) {
  const { typed, onChange } = props;
  const kinds = TEST_KINDS.filter((kind) => kind !== 'none' || props.optional);
  return (
    <fieldset>
      <legend className="text-sm font-medium">
        {props.label}
        {props.optional ? <span className="font-normal text-ink-3"> (optional)</span> : null}
      </legend>
      <p className="mb-1 text-xs text-ink-3">{props.hint}</p>
      {props.error ? <p className="mb-1 text-xs font-medium text-danger">{props.error}</p> : null}
      <div className="grid gap-2 sm:grid-cols-[12rem_minmax(0,1fr)]">
        <Select
          aria-label={`${props.label}: which values`}
          value={typed.kind}
          onChange={(event) => onChange({ ...typed, kind: event.target.value as TestKind })}
        >
          {kinds.map((kind) => (
            <option key={kind} value={kind}>
              {KIND[kind]}
            </option>
          ))}
        </Select>
        {typed.kind === 'none' ? null : (
          <Field label={<span className="sr-only">{props.label}: the values</span>} hint={readAs(typed)}>
            <Input
              value={typed.text}
              inputMode={typed.kind === 'values' ? undefined : 'decimal'}
              placeholder={typed.kind === 'values' ? 'C, 1, true' : '0.5'}
              onChange={(event) => onChange({ ...typed, text: event.target.value })}
            />
          </Field>
        )}
      </div>
    </fieldset>
  );
}

/** How what was typed is read, so that nobody takes the text "1" for the number. */
function readAs({ kind, text }: TestTyped): string | undefined {
  if (kind !== 'values') return undefined;
  const values = parseValues(text);
  return values.length === 0
    ? undefined
    : `Read as ${values.map((value) => `${typeof value === 'string' ? 'text' : typeof value} ${JSON.stringify(value)}`).join(', ')}.`;
}
