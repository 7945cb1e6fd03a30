'use client';

import { Quote } from 'lucide-react';
import { ExternalLink } from './ExternalLink.tsx';
import { day } from './numbers.ts';
import { Popover } from './Popover.tsx';

export interface CitationFacts {
  source: string;
  url?: string | null;
  locator?: string | null;
  certainty: 'PRIMARY' | 'SECONDARY' | 'DERIVED';
  quote?: string | null;
  note?: string | null;
  retrievedAt?: string | null;
}

const CERTAINTY = {
  PRIMARY: { letter: 'p', name: 'Primary', meaning: 'the publisher’s own text' },
  SECONDARY: { letter: 's', name: 'Secondary', meaning: 'a press article or a summary' },
  DERIVED: { letter: 'd', name: 'Derived', meaning: 'computed from primary figures' },
} as const;

/** Where a figure comes from: a small mark after it that opens the whole citation. */
export function CitationMark({ citation, of }: { citation: CitationFacts | null | undefined; of?: string }) {
  if (!citation) {
    return (
      <span
        className="relative -top-1 -my-2 inline-flex size-6 items-center justify-center align-middle text-2xs leading-none text-ink-3"
        title="No citation recorded"
      >
        <span aria-hidden="true">?</span>
        <span className="sr-only">no citation recorded</span>
      </span>
    );
  }
  const sure = CERTAINTY[citation.certainty];
  return (
    <Popover
      label="Citation"
      trigger={
        <button
          type="button"
          aria-label={`Source${of ? ` of ${of}` : ''}: ${citation.source} (${sure.name.toLowerCase()})`}
          className="relative -top-1 -my-2 inline-flex size-6 items-center justify-center rounded align-middle text-2xs leading-none font-semibold text-accent hover:bg-accent-soft"
        >
          <span aria-hidden="true">{sure.letter}</span>
        </button>
      }
    >
      <p className="flex items-start gap-2 font-medium">
        <Quote className="mt-1 size-3.5 shrink-0 text-ink-3" aria-hidden />
        <span className="min-w-0 break-words">{citation.source}</span>
      </p>
      <dl className="mt-2 grid grid-cols-[auto_1fr] gap-x-3 gap-y-1 text-xs">
        <dt className="text-ink-3">How sure</dt>
        <dd>
          {sure.name}: {sure.meaning}
        </dd>
        <dt className="text-ink-3">Where</dt>
        <dd>{citation.locator ?? <span className="text-ink-3">not stated</span>}</dd>
        {citation.retrievedAt ? (
          <>
            <dt className="text-ink-3">Retrieved</dt>
            <dd>{day(citation.retrievedAt)}</dd>
          </>
        ) : null}
        {citation.note ? (
          <>
            <dt className="text-ink-3">Note</dt>
            <dd className="break-words">{citation.note}</dd>
          </>
        ) : null}
      </dl>
      {citation.quote ? (
        <blockquote className="mt-2 border-l-2 border-accent-line pl-2 text-xs text-ink-2">
          {citation.quote}
        </blockquote>
      ) : null}
      {citation.url ? (
        <p className="mt-2 truncate text-xs">
          <ExternalLink href={citation.url}>{citation.url}</ExternalLink>
        </p>
      ) : null}
    </Popover>
  );
}
