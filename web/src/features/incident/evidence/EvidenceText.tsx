'use client';

import { lazy, Suspense, useState } from 'react';
import { Button } from '@/ui/Button.tsx';
import { words } from '@/ui/numbers.ts';
import { Skeleton } from '@/ui/Skeleton.tsx';
import { readTranscript, type Turn } from './read-transcript.ts';

const MarkdownText = lazy(() => import('./MarkdownText.tsx'));

/** A text as it is meant to be read where its form is known, and always as it is. */
export function EvidenceText({
  title,
  text,
  mediaType,
}: {
  title: string;
  text: string;
  mediaType: string | null;
}) {
  const [asItIs, setAsItIs] = useState(false);
  const turns = readTranscript(text, mediaType);
  const isMarkdown = /^text\/markdown\b/i.test(mediaType ?? '');
  const formed = turns !== null || isMarkdown;
  return (
    <div className="border-t border-line bg-sunken">
      {formed ? (
        <div className="flex justify-end px-3.5 pt-2">
          <Button size="sm" look="quiet" aria-pressed={asItIs} onClick={() => setAsItIs(!asItIs)}>
            {asItIs ? (turns ? 'As a conversation' : 'As formatted text') : 'As it is'}
          </Button>
        </div>
      ) : null}
      <section
        aria-label={title}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
        tabIndex={0}
        className="max-h-[32rem] overflow-y-auto px-3.5 py-3"
      >
        {formed && !asItIs ? (
          turns ? (
            <Conversation turns={turns} />
          ) : (
            <Suspense fallback={<Skeleton className="h-20" />}>
              <MarkdownText text={text} />
            </Suspense>
          )
        ) : (
          <Plain text={text} />
        )}
      </section>
    </div>
  );
}

function Plain({ text }: { text: string }) {
  return <pre className="font-mono text-xs leading-5 break-words whitespace-pre-wrap">{text}</pre>;
}

function Conversation({ turns }: { turns: readonly Turn[] }) {
  return (
    <ol className="flex flex-col gap-2.5">
      {turns.map((turn, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the turns of a record never change their order
        <li key={index} className="rounded-md border border-line bg-surface px-3 py-2">
          <p className="mb-1 text-xs font-semibold text-ink-2">{words(turn.role)}</p>
          {turn.text ? <Plain text={turn.text} /> : <p className="text-xs text-ink-3">Nothing said.</p>}
        </li>
      ))}
    </ol>
  );
}
