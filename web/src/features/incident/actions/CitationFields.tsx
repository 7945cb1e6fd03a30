'use client';

import { useState } from 'react';
import type { CitationFacts } from '@/ui/CitationMark.tsx';
import { Field, Input, Select } from '@/ui/Field.tsx';
import { needsSource } from './citation-of.ts';

/** Where a statement comes from. Empty where no source is named; `begun` is the citation to begin from. */
export function CitationFields({ begun }: { begun?: CitationFacts | null }) {
  const [locator, setLocator] = useState(begun?.locator ?? '');
  const [url, setUrl] = useState(begun?.url ?? '');
  const hasMore = Boolean(begun?.quote || begun?.note || begun?.retrievedAt);
  return (
    <fieldset className="flex flex-col gap-3 rounded-lg border border-line p-3">
      <legend className="px-1 text-sm font-medium">
        Citation <span className="font-normal text-ink-3">(optional)</span>
      </legend>
      <Field
        label="Source"
        hint={hasMore ? 'Its quotation, its note and its day stay with this source.' : undefined}
      >
        <Input
          name="citation.source"
          placeholder="Title, authors or identifier"
          defaultValue={begun?.source ?? ''}
          required={needsSource({ locator, url })}
          // Spaces alone name no source, and would be left out.
          pattern=".*\S.*"
        />
      </Field>
      <div className="grid gap-3 sm:grid-cols-2">
        <Field label="Where in it">
          <Input
            name="citation.locator"
            placeholder="Section, page, table"
            value={locator}
            onChange={(event) => setLocator(event.target.value)}
          />
        </Field>
        <Field label="Address">
          <Input
            name="citation.url"
            type="url"
            placeholder="https://"
            value={url}
            onChange={(event) => setUrl(event.target.value)}
          />
        </Field>
      </div>
      <Field label="How sure">
        <Select name="citation.certainty" defaultValue={begun?.certainty ?? 'PRIMARY'}>
          <option value="PRIMARY">Primary: the publisher’s own text</option>
          <option value="SECONDARY">Secondary: an article or a summary</option>
          <option value="DERIVED">Derived: computed from primary figures</option>
        </Select>
      </Field>
    </fieldset>
  );
}
