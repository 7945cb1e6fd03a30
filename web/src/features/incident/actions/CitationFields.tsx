'use client';

import type { CitationInput } from '@/graphql/generated/graphql.ts';
import { Field, Input, Select } from '@/ui/Field.tsx';
import { text } from './ActionDialog.tsx';

/** Where a statement comes from. Empty where no source is named. */
export function CitationFields() {
  return (
    <fieldset className="flex flex-col gap-3 rounded-lg border border-line p-3">
      <legend className="px-1 text-sm font-medium">
        Citation <span className="font-normal text-ink-3">(optional)</span>
      </legend>
      <Field label="Source">
        <Input name="citation.source" placeholder="Title, authors or identifier" />
      </Field>
      <div className="grid gap-3 sm:grid-cols-2">
        <Field label="Where in it">
          <Input name="citation.locator" placeholder="Section, page, table" />
        </Field>
        <Field label="Address">
          <Input name="citation.url" type="url" placeholder="https://" />
        </Field>
      </div>
      <Field label="How sure">
        <Select name="citation.certainty" defaultValue="PRIMARY">
          <option value="PRIMARY">Primary: the publisher’s own text</option>
          <option value="SECONDARY">Secondary: an article or a summary</option>
          <option value="DERIVED">Derived: computed from primary figures</option>
        </Select>
      </Field>
    </fieldset>
  );
}

export function citationOf(form: FormData): CitationInput | null {
  const source = text(form, 'citation.source');
  if (!source) return null;
  return {
    source,
    url: text(form, 'citation.url'),
    locator: text(form, 'citation.locator'),
    certainty: (text(form, 'citation.certainty') ?? 'PRIMARY') as CitationInput['certainty'],
  };
}
