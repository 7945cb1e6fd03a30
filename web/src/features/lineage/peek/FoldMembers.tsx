'use client';

import Link from 'next/link';
import { useState } from 'react';
import { paths } from '@/navigation/paths.ts';
import { Button } from '@/ui/Button.tsx';
import { CitationMark } from '@/ui/CitationMark.tsx';
import { Input } from '@/ui/Field.tsx';
import { ShareRange } from '@/ui/Figure.tsx';
import type { PictureEdge, PictureGraph, PictureNode } from '../picture-graph.ts';

/** More boxes than this would hide the story. */
const MOST_WHOLE = 300;
/** As many as an address can name. */
const MOST_NAMED = 60;

function shareOf(edges: PictureEdge[], id: string): PictureEdge | undefined {
  return edges.filter((e) => e.upstream === id).sort((a, b) => (b.share ?? -1) - (a.share ?? -1))[0];
}

/** The members of a fold, the largest share first, to be searched and drawn. */
export function FoldMembers(props: {
  graph: PictureGraph;
  members: PictureNode[];
  /** The past moment that they are of; null for now. */
  knownOn: string | null;
  onDraw: (refs: string[]) => void;
  onDrawAll: (ref: string) => void;
}) {
  const [typed, setTyped] = useState('');
  const text = typed.trim().toLowerCase();
  const found = props.members.filter((m) => `${m.label} ${m.ref}`.toLowerCase().includes(text));
  const first = props.members[0];
  const why = text
    ? found.length > MOST_NAMED && `More than ${MOST_NAMED} match. Search more closely.`
    : props.members.length > MOST_WHOLE &&
      `More than ${MOST_WHOLE} boxes would hide the story. Search first.`;
  return (
    <>
      <Input
        className="shrink-0"
        type="search"
        aria-label="Search them"
        placeholder="Search"
        value={typed}
        onChange={(event) => setTyped(event.target.value)}
      />
      <Button
        size="sm"
        disabledReason={why || null}
        onClick={() => (text ? props.onDraw(found.map((m) => m.ref)) : first && props.onDrawAll(first.ref))}
      >
        {text ? `Draw the ${found.length} found` : 'Draw them all'}
      </Button>
      <ul className="flex flex-col divide-y divide-line">
        {found.slice(0, MOST_WHOLE).map((m) => {
          const edge = shareOf(props.graph.edges, m.id);
          return (
            <li key={m.id} className="flex items-center gap-2 py-1.5">
              <Link
                href={paths.ofRef(m.ref, { asOf: props.knownOn })}
                className="min-w-0 flex-1 truncate hover:text-accent hover:underline"
              >
                {m.label}
              </Link>
              {edge ? (
                <span className="whitespace-nowrap text-ink-2">
                  <ShareRange lower={edge.share} upper={edge.shareUpper} />
                  <CitationMark citation={edge.citation} of={`the share of ${m.label}`} />
                </span>
              ) : null}
              <Button
                size="sm"
                look="quiet"
                aria-label={`Draw ${m.label}`}
                onClick={() => props.onDraw([m.ref])}
              >
                Draw
              </Button>
            </li>
          );
        })}
      </ul>
      {found.length > MOST_WHOLE ? (
        <p className="text-xs text-ink-3">The {MOST_WHOLE} largest are listed.</p>
      ) : null}
      {found.length === 0 ? <p className="text-ink-3">Nothing matches.</p> : null}
    </>
  );
}
