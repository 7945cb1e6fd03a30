'use client';

import { X } from 'lucide-react';
import Link from 'next/link';
import { useState } from 'react';
import { paths } from '@/navigation/paths.ts';
import { Button } from '@/ui/Button.tsx';
import { CitationMark } from '@/ui/CitationMark.tsx';
import { Input } from '@/ui/Field.tsx';
import { ShareRange } from '@/ui/Figure.tsx';
import { RefLabel } from '@/ui/RefLabel.tsx';
import { foldLabel } from './collapse.ts';
import type { PlacedNode } from './layout.ts';
import { EDGE_WORDS, KIND_WORDS, REASON_WORDS } from './lineage-words.ts';
import { PeekFacts } from './PeekFacts.tsx';
import type { PictureEdge, PictureGraph, PictureNode } from './picture-graph.ts';

export type LineagePeekProps = {
  graph: PictureGraph;
  node: PlacedNode;
  knownOn: string | null;
  onReveal: (ids: string[]) => void;
  onFold: (() => void) | null;
  onClose: () => void;
};

/** What is known of the box that was opened; for a fold, its members, to be searched and drawn. */
export function LineagePeek(props: LineagePeekProps) {
  const members = props.node.members
    .map((id) => props.graph.nodes.find((n) => n.id === id))
    .filter((n): n is PictureNode => n !== undefined);
  const first = members[0];
  if (!first) return null;
  const title = props.node.folded ? foldLabel(props.node.kind, members.length) : first.label;
  return (
    <aside
      aria-label={`About ${title}`}
      className="flex max-h-[70vh] flex-col gap-3 overflow-y-auto rounded-lg border border-line bg-surface p-4 text-sm"
    >
      <div className="flex items-start gap-2">
        <div className="min-w-0 flex-1">
          <p className="text-xs text-ink-3">{KIND_WORDS[props.node.kind]}</p>
          <h3 className="text-base font-semibold break-words">{title}</h3>
        </div>
        <Button look="quiet" size="icon" aria-label="Close" onClick={props.onClose} className="-mt-1 -mr-2">
          <X aria-hidden />
        </Button>
      </div>
      {props.node.folded ? (
        <FoldMembers {...props} members={members} />
      ) : (
        <>
          <RefLabel value={first.ref} />
          <p>
            <Link href={paths.ofRef(first.ref)} className="font-medium text-accent hover:underline">
              Open its page
            </Link>
          </p>
          <PeekFacts nodeRef={first.ref} knownOn={props.knownOn} />
          <Links graph={props.graph} node={first} />
          {props.onFold ? (
            <Button size="sm" onClick={props.onFold}>
              Fold it back with the others
            </Button>
          ) : null}
        </>
      )}
    </aside>
  );
}

function shareOf(edges: PictureEdge[], id: string): PictureEdge | undefined {
  return edges.filter((e) => e.upstream === id).sort((a, b) => (b.share ?? -1) - (a.share ?? -1))[0];
}

function FoldMembers(props: LineagePeekProps & { members: PictureNode[] }) {
  const [typed, setTyped] = useState('');
  const found = props.members.filter((m) =>
    `${m.label} ${m.ref}`.toLowerCase().includes(typed.trim().toLowerCase()),
  );
  const many = props.members.length > 300;
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
        disabledReason={many && !typed ? 'More than 300 boxes would hide the story. Search first.' : null}
        onClick={() => props.onReveal(found.map((m) => m.id))}
      >
        {typed ? `Draw the ${found.length} found` : 'Draw them all'}
      </Button>
      <ul className="flex flex-col divide-y divide-line">
        {found.slice(0, 300).map((m) => {
          const edge = shareOf(props.graph.edges, m.id);
          return (
            <li key={m.id} className="flex items-center gap-2 py-1.5">
              <Link
                href={paths.ofRef(m.ref)}
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
                onClick={() => props.onReveal([m.id])}
              >
                Draw
              </Button>
            </li>
          );
        })}
      </ul>
      {found.length > 300 ? <p className="text-xs text-ink-3">The 300 largest are listed.</p> : null}
      {found.length === 0 ? <p className="text-ink-3">Nothing matches.</p> : null}
    </>
  );
}

function Links({ graph, node }: { graph: PictureGraph; node: PictureNode }) {
  const label = new Map(graph.nodes.map((n) => [n.id, n]));
  const out = graph.edges.filter((e) => e.downstream === node.id);
  const missing = graph.unaccounted.filter((u) => u.node === node.id);
  if (out.length === 0 && missing.length === 0) return null;
  return (
    <div>
      <h4 className="mb-1 text-xs font-medium text-ink-3">Upstream</h4>
      <ul className="flex flex-col gap-1.5">
        {out.slice(0, 60).map((e) => (
          <li key={e.id} className="flex flex-wrap items-baseline gap-x-1.5">
            <span className="text-ink-3">{EDGE_WORDS[e.kind]}</span>
            <span className="break-words">{label.get(e.upstream)?.label}</span>
            {e.mass ? <ShareRange lower={e.share} upper={e.shareUpper} /> : null}
            <CitationMark citation={e.citation} of={label.get(e.upstream)?.label} />
            {e.disputes.map((d) => (
              <span key={d.statement} className="w-full text-xs text-warning">
                Disputed by {d.by}: {d.statement}
              </span>
            ))}
          </li>
        ))}
        {out.length > 60 ? <li className="text-ink-3">and {out.length - 60} more, in the table</li> : null}
        {missing.map((u) => (
          <li key={u.reason} className="flex items-center gap-2">
            <span
              aria-hidden="true"
              className="hatched inline-block h-3 w-5 rounded-sm border border-line-strong"
            />
            <span>
              <ShareRange lower={u.share} upper={u.shareUpper} /> unaccounted: {REASON_WORDS[u.reason]}
            </span>
          </li>
        ))}
      </ul>
    </div>
  );
}
