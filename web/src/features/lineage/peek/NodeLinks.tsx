import { ShareRange } from '@/ui/Figure.tsx';
import { EDGE_WORDS, REASON_WORDS } from '../lineage-words.ts';
import type { PictureEdge, PictureGraph, PictureNode } from '../picture-graph.ts';
import { PanelHeading } from './Panel.tsx';

const SHOWN = 60;

/** The links of a node on either side, each of which opens who asserted it. */
export function NodeLinks(props: { graph: PictureGraph; node: PictureNode; onEdge: (id: string) => void }) {
  const { graph, node, onEdge } = props;
  const label = new Map(graph.nodes.map((n) => [n.id, n.label]));
  const up = graph.edges.filter((e) => e.downstream === node.id);
  const down = graph.edges.filter((e) => e.upstream === node.id);
  const missing = graph.unaccounted.filter((u) => u.node === node.id);
  return (
    <>
      {up.length + missing.length > 0 ? (
        <div>
          <PanelHeading>Upstream</PanelHeading>
          <Links edges={up} name={(e) => label.get(e.upstream)} before onEdge={onEdge} />
          <ul className="flex flex-col gap-1.5">
            {missing.map((u) => (
              <li key={u.reason} className="flex items-center gap-2">
                <span
                  aria-hidden="true"
                  className="hatched inline-block h-3 w-5 shrink-0 rounded-sm border border-line-strong"
                />
                <span>
                  <ShareRange lower={u.share} upper={u.shareUpper} /> unaccounted: {REASON_WORDS[u.reason]}
                </span>
              </li>
            ))}
          </ul>
        </div>
      ) : null}
      {down.length > 0 ? (
        <div>
          <PanelHeading>Downstream</PanelHeading>
          <Links edges={down} name={(e) => label.get(e.downstream)} before={false} onEdge={onEdge} />
        </div>
      ) : null}
    </>
  );
}

function Links(props: {
  edges: PictureEdge[];
  name: (e: PictureEdge) => string | undefined;
  /** Whether the words of the link stand before the name, as they do for what is upstream. */
  before: boolean;
  onEdge: (id: string) => void;
}) {
  const { edges, name, before } = props;
  return (
    <ul className="flex flex-col gap-0.5">
      {edges.slice(0, SHOWN).map((e) => {
        const link = <span className="text-ink-3">{EDGE_WORDS[e.kind]}</span>;
        return (
          <li key={e.id}>
            <button
              type="button"
              className="-mx-1.5 flex w-[calc(100%+0.75rem)] flex-wrap items-baseline gap-x-1.5 rounded px-1.5 py-1 text-left hover:bg-sunken"
              onClick={() => props.onEdge(e.id)}
            >
              {before ? link : null}
              <span className="min-w-0 break-words">{name(e)}</span>
              {before ? null : <span className="text-ink-3">{EDGE_WORDS[e.kind]} it</span>}
              {e.mass ? (
                <span className="ml-auto">
                  <ShareRange lower={e.share} upper={e.shareUpper} />
                </span>
              ) : null}
              {e.disputes.length > 0 ? (
                <span className="w-full text-xs text-warning">
                  ≠ Disputed by {[...new Set(e.disputes.map((d) => d.by))].join(', ')}
                </span>
              ) : null}
              <span className="sr-only">, who asserts it</span>
            </button>
          </li>
        );
      })}
      {edges.length > SHOWN ? (
        <li className="text-ink-3">and {edges.length - SHOWN} more, in the table</li>
      ) : null}
    </ul>
  );
}
