import type { TranscriptRowFragment } from '@/graphql/generated/graphql.ts';
import { Badge } from '@/ui/Badge.tsx';
import { words } from '@/ui/numbers.ts';
import { holdsAfter } from './find-in-messages.ts';
import { LongText, Marked } from './LongText.tsx';

/** One message, with all that it holds as text. */
export function MessageView(props: { message: TranscriptRowFragment; search: string; link: string }) {
  const { message, search, link } = props;
  return (
    <article
      aria-label={`Message ${message.index}, ${message.role}`}
      className="rounded-md border border-line bg-surface px-3 py-2"
    >
      <header className="mb-1 flex flex-wrap items-center gap-x-3 gap-y-1 text-xs text-ink-3">
        <a href={link} className="font-mono hover:underline" aria-label={`Link to message ${message.index}`}>
          #{message.index}
        </a>
        <span className="font-semibold text-ink-2">{words(message.role)}</span>
        {message.tool ? <span className="font-mono">{message.tool}</span> : null}
        {message.model ? <span>{message.model}</span> : null}
        {message.source ? <span>{message.source}</span> : null}
        {message.callId ? <span className="font-mono">answers {message.callId}</span> : null}
      </header>
      {message.parts.map((part, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the parts of a record never change their order
        <Part key={index} part={part} search={search} of={`message ${message.index}`} />
      ))}
      {message.parts.length === 0 && !message.error ? (
        <p className="text-xs text-ink-3">Nothing said.</p>
      ) : null}
      {message.error ? (
        <p className="mt-1 text-sm break-words text-danger">
          <Marked text={message.error} search={search} />
        </p>
      ) : null}
    </article>
  );
}

type MessagePart = TranscriptRowFragment['parts'][number];

function Part({ part, search, of }: { part: MessagePart; search: string; of: string }) {
  const holdsHit = holdsAfter(part.text, search, 0);
  if (part.kind === 'REASONING')
    return (
      <details className="my-1 rounded border border-line bg-sunken px-2.5 py-1" open={holdsHit || undefined}>
        <summary className="text-xs font-medium text-ink-2">
          {part.name === 'summary' ? 'Reasoning, as its provider sums it up' : 'Reasoning'}
        </summary>
        <Foldable part={part} search={search} of={`the reasoning of ${of}`} />
      </details>
    );
  if (part.kind === 'TOOL_CALL')
    return (
      <section
        aria-label={`Call of ${part.name ?? 'a tool'}`}
        className="my-1 rounded border border-accent-line bg-accent-soft px-2.5 py-1.5"
      >
        <p className="text-xs font-medium">
          Calls{' '}
          <code className="font-mono">
            <Marked text={part.name ?? 'a tool'} search={search} />
          </code>
          {part.callId ? <span className="ml-2 font-mono text-ink-3">{part.callId}</span> : null}
        </p>
        <Foldable part={part} search={search} of={`a call in ${of}`} />
      </section>
    );
  if (part.kind === 'MEDIA')
    return (
      <p className="my-1 text-sm text-ink-2">
        <Badge>{part.name ?? 'medium'}</Badge> <Marked text={part.text} search={search} />
      </p>
    );
  return <Foldable part={part} search={search} of={of} />;
}

function Foldable({ part, search, of }: { part: MessagePart; search: string; of: string }) {
  return (
    <>
      <LongText
        text={part.text}
        of={of}
        fold="message"
        search={search}
        className="font-mono text-xs leading-5"
      />
      {part.cut > 0 ? (
        <p className="text-xs text-ink-3">
          {part.cut.toLocaleString('en')} further characters are not shown.
        </p>
      ) : null}
    </>
  );
}
