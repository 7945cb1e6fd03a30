'use client';

import { lazy, Suspense, useState } from 'react';
import { Button } from '@/ui/Button.tsx';
import { Skeleton } from '@/ui/Skeleton.tsx';
import { ConversationView, PlainText } from './ConversationView.tsx';
import { readTranscript } from './read-transcript.ts';

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
  const conversation = readTranscript(text, mediaType);
  const isMarkdown = /^text\/markdown\b/i.test(mediaType ?? '');
  const formed = conversation !== null || isMarkdown;
  return (
    <div className="border-t border-line bg-sunken">
      {formed ? (
        <div className="flex justify-end px-3.5 pt-2">
          <Button size="sm" look="quiet" aria-pressed={asItIs} onClick={() => setAsItIs(!asItIs)}>
            {asItIs ? (conversation ? 'As a conversation' : 'As formatted text') : 'As it is'}
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
          conversation ? (
            <ConversationView conversation={conversation} />
          ) : (
            <Suspense fallback={<Skeleton className="h-20" />}>
              <MarkdownText text={text} />
            </Suspense>
          )
        ) : (
          <PlainText text={text} />
        )}
      </section>
    </div>
  );
}
