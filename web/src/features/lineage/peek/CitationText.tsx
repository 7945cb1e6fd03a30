import { ExternalLink } from '@/ui/ExternalLink.tsx';
import { words } from '@/ui/numbers.ts';
import type { CitationFacts } from '../picture-graph.ts';

/** A citation written out: where an assertion rests on it, it is read and not looked up. */
export function CitationText({ citation }: { citation: CitationFacts | null | undefined }) {
  if (!citation) return <p className="text-xs text-ink-3">No evidence is cited.</p>;
  const { source, url, locator, certainty, quote, note } = citation;
  return (
    <div className="flex flex-col gap-1 text-xs">
      <p className="break-words">
        {url ? <ExternalLink href={url}>{source}</ExternalLink> : source}
        {locator ? `, ${locator}` : ''} <span className="text-ink-3">({words(certainty).toLowerCase()})</span>
      </p>
      {quote ? (
        <blockquote className="border-l-2 border-accent-line pl-2 text-ink-2">{quote}</blockquote>
      ) : null}
      {note ? <p className="text-ink-2">{note}</p> : null}
    </div>
  );
}
