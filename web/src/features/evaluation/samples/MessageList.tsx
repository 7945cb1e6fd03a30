'use client';

import { useVirtualizer } from '@tanstack/react-virtual';
import { type FormEvent, useEffect, useRef, useState } from 'react';
import type { TranscriptRowFragment } from '@/graphql/generated/graphql.ts';
import { Button } from '@/ui/Button.tsx';
import { Input } from '@/ui/Field.tsx';
import { LONGEST_SEARCH } from '@/ui/longest-search.ts';
import { plural } from '@/ui/numbers.ts';
import { hitsIn, nextHit } from './find-in-messages.ts';
import { MessageView } from './MessageView.tsx';

const ESTIMATED_HEIGHT = 120;

/** Which message the address points to, by its place in the log. */
function wanted(): number | null {
  const found = /^#message-(\d+)$/.exec(window.location.hash)?.[1];
  return found === undefined ? null : Number(found);
}

/** Messages by the thousand, of which only those in sight are drawn; searched, and linked to one by one. */
export function MessageList(props: {
  messages: readonly TranscriptRowFragment[];
  whole: boolean;
  total: number;
  search: string;
  onSearch: (search: string) => void;
  /** How many scores hold what is searched for. */
  scores: number;
}) {
  const { messages, whole, total, search, onSearch } = props;
  const box = useRef<HTMLElement>(null);
  const [at, setAt] = useState(-1);
  const virtual = useVirtualizer({
    count: messages.length,
    getScrollElement: () => box.current,
    estimateSize: () => ESTIMATED_HEIGHT,
    getItemKey: (position) => messages[position]?.index ?? position,
    overscan: 6,
  });

  const toMessage = useRef<() => void>(() => undefined);
  toMessage.current = () => {
    const index = wanted();
    const position = messages.findIndex((message) => message.index === index);
    if (position < 0) return;
    setAt(position);
    virtual.scrollToIndex(position, { align: 'start' });
    // Long scores may stand above: the message is wanted, so its box comes into sight.
    box.current?.scrollIntoView({ block: 'nearest' });
  };
  const reached = useRef(false);
  useEffect(() => {
    const go = () => toMessage.current();
    window.addEventListener('hashchange', go);
    return () => window.removeEventListener('hashchange', go);
  }, []);
  useEffect(() => {
    if (reached.current || messages.length === 0) return;
    const index = wanted();
    if (index === null || messages.some((message) => message.index === index)) {
      reached.current = true;
      requestAnimationFrame(() => toMessage.current());
    }
  }, [messages]);

  const hits = hitsIn(messages, search);
  const go = (by: 1 | -1, of = hits) => {
    const position = nextHit(of, at, by);
    if (position === null) return;
    setAt(position);
    virtual.scrollToIndex(position, { align: 'start' });
  };
  const find = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const text = String(new FormData(event.currentTarget).get('find') ?? '');
    if (text === search) return go(1);
    onSearch(text);
    const first = hitsIn(messages, text)[0];
    if (first === undefined) return;
    setAt(first);
    virtual.scrollToIndex(first, { align: 'start' });
  };

  return (
    <div className="flex flex-col gap-2">
      <search>
        <form onSubmit={find} className="flex flex-wrap items-center gap-2 text-sm">
          <Input
            name="find"
            type="search"
            maxLength={LONGEST_SEARCH}
            aria-label="Find in the messages and scores"
            placeholder="Find"
            className="w-64"
          />
          <Button type="submit">Find</Button>
          {search.trim() ? (
            <>
              <Button disabledReason={hits.length === 0 ? 'Nothing was found.' : null} onClick={() => go(-1)}>
                Previous hit
              </Button>
              <Button disabledReason={hits.length === 0 ? 'Nothing was found.' : null} onClick={() => go(1)}>
                Next hit
              </Button>
            </>
          ) : null}
          <span role="status" className="text-ink-2">
            {search.trim() ? hitWords(hits, at, whole, props.scores) : plural(total, 'message')}
          </span>
        </form>
      </search>
      <section
        ref={box}
        aria-label="Conversation"
        aria-busy={!whole}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
        tabIndex={0}
        className="h-[70vh] overflow-y-auto rounded-lg border border-line bg-sunken p-2"
      >
        <div className="relative" style={{ height: virtual.getTotalSize() }}>
          {virtual.getVirtualItems().map((item) => {
            const message = messages[item.index];
            if (!message) return null;
            return (
              <div
                key={item.key}
                ref={virtual.measureElement}
                data-index={item.index}
                id={`message-${message.index}`}
                aria-current={item.index === at || undefined}
                className="absolute inset-x-0 top-0 pb-2 aria-[current]:[&>article]:border-accent"
                style={{ transform: `translateY(${item.start}px)` }}
              >
                <MessageView message={message} search={search} link={`#message-${message.index}`} />
              </div>
            );
          })}
        </div>
      </section>
    </div>
  );
}

function hitWords(hits: readonly number[], at: number, whole: boolean, scores: number): string {
  const among = whole ? '' : ' so far';
  const beside = scores === 0 ? '' : `, and in ${plural(scores, 'score')}`;
  if (hits.length === 0) return scores === 0 ? `Nothing found${among}` : `In no message${among}${beside}`;
  const nth = hits.indexOf(at);
  const found = plural(hits.length, 'message');
  return nth < 0 ? `Found in ${found}${among}${beside}` : `${nth + 1} of ${found}${among}${beside}`;
}
