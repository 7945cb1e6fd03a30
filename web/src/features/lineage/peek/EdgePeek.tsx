'use client';

import { ArrowRight } from 'lucide-react';
import { useGraphQL } from '@/graphql/browser.ts';
import type { EdgePeekQuery } from '@/graphql/generated/graphql.ts';
import { ShareRange } from '@/ui/Figure.tsx';
import { plural } from '@/ui/numbers.ts';
import { EdgePeekDocument } from '../lineage-document.ts';
import { EDGE_WORDS } from '../lineage-words.ts';
import type { PictureEdge, PictureGraph } from '../picture-graph.ts';
import { Assertion, type More } from './Assertion.tsx';
import { Panel } from './Panel.tsx';

/** More assertions than this are left to the table, which can be searched. */
const SHOWN = 40;

export type EdgePeekProps = {
  graph: PictureGraph;
  /** The recorded edges that the line stands for. */
  edges: PictureEdge[];
  onNode: (ref: string) => void;
  onClose: () => void;
};

/** Who asserts a link, when, on which evidence, and who disputes it. */
export function EdgePeek({ graph, edges, onNode, onClose }: EdgePeekProps) {
  const shown = edges.slice(0, SHOWN);
  const recorded = shown.filter((e) => !e.contracted).map((e) => e.id);
  const { data, error } = useGraphQL(EdgePeekDocument, { ids: recorded }, { enabled: recorded.length > 0 });
  const first = edges[0];
  if (!first) return null;
  const more = new Map(data?.nodes.filter(isEdge).map((n) => [n.id, n] as const));
  const pairs = byPair(shown);
  const disputed = edges.filter((e) => e.disputes.length > 0).length;
  const title = pairs.length === 1 ? EDGE_WORDS[first.kind] : plural(edges.length, 'link');
  return (
    <Panel
      label={`About the link: ${EDGE_WORDS[first.kind]}`}
      kind="Link"
      title={<span className="first-letter:uppercase">{title}</span>}
      onClose={onClose}
    >
      {disputed > 0 ? (
        <p className="rounded-md border border-warning/40 bg-warning-soft px-2.5 py-1.5">
          <span aria-hidden="true" className="mr-1.5 font-bold text-warning">
            ≠
          </span>
          {edges.length === 1 ? 'Disputed' : `${disputed} of ${plural(edges.length, 'assertion')} disputed`}
        </p>
      ) : null}
      {error ? <p className="text-danger">{error.message}</p> : null}
      {pairs.map((assertions) => (
        <section
          key={`${assertions[0]?.downstream} ${assertions[0]?.upstream}`}
          className="flex flex-col gap-2"
        >
          <Ends graph={graph} assertions={assertions} onNode={onNode} />
          {assertions.length > 1 ? (
            <p className="text-xs text-ink-2">{plural(assertions.length, 'assertion')} stand side by side.</p>
          ) : null}
          {assertions.map((e) => (
            <Assertion key={e.id} edge={e} more={more.get(e.id)} />
          ))}
        </section>
      ))}
      {edges.length > SHOWN ? (
        <p className="text-xs text-ink-3">
          The first {SHOWN} are shown; the table has all {edges.length}.
        </p>
      ) : null}
    </Panel>
  );
}

const isEdge = (node: EdgePeekQuery['nodes'][number]): node is More => node !== null && 'composition' in node;

/** What is said of the same two nodes stands together. */
function byPair(edges: readonly PictureEdge[]): PictureEdge[][] {
  const pairs = new Map<string, PictureEdge[]>();
  for (const e of edges) {
    const key = `${e.downstream} ${e.upstream} ${e.kind}`;
    pairs.set(key, [...(pairs.get(key) ?? []), e]);
  }
  return [...pairs.values()];
}

function Ends(props: { graph: PictureGraph; assertions: PictureEdge[]; onNode: (ref: string) => void }) {
  const { graph, assertions } = props;
  const [edge] = assertions;
  if (!edge) return null;
  const known = assertions.filter((e) => e.share !== null);
  const lower = known.length ? Math.min(...known.map((e) => e.share ?? 1)) : null;
  const upper = known.length ? Math.max(...known.map((e) => e.shareUpper ?? e.share ?? 0)) : null;
  const node = (id: string) => graph.nodes.find((n) => n.id === id);
  const end = (id: string) => {
    const found = node(id);
    return found ? (
      <button
        type="button"
        className="min-w-0 rounded-sm text-left font-medium break-words text-accent hover:underline"
        onClick={() => props.onNode(found.ref)}
      >
        {found.label}
      </button>
    ) : null;
  };
  return (
    <div className="flex flex-wrap items-center gap-x-1.5 gap-y-0.5">
      {end(edge.downstream)}
      <ArrowRight className="size-3.5 shrink-0 text-ink-3" aria-label={EDGE_WORDS[edge.kind]} />
      {end(edge.upstream)}
      {edge.mass ? (
        <span className="ml-auto whitespace-nowrap">
          <ShareRange lower={lower} upper={upper} />
        </span>
      ) : null}
    </div>
  );
}
