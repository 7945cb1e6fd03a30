import { grouped, words } from '../../ui/numbers.ts';
import { EDGE_WORDS, REASON_WORDS } from './lineage-words.ts';
import type {
  CitationFacts,
  PictureDispute,
  PictureEdge,
  PictureGraph,
  PictureNode,
} from './picture-graph.ts';

/** One line of the lineage as a table: an edge, or what a node's inputs leave unaccounted. */
export type LineageRow = {
  id: string;
  downstream: PictureNode;
  relation: string;
  upstream: PictureNode | null;
  /** In place of an upstream node. */
  reason: string | null;
  share: number | null;
  shareUpper: number | null;
  mass: boolean;
  amount: string | null;
  marks: RowMark[];
  /** In whose name it is asserted; null where nobody asserts it. */
  assertedBy: string | null;
  citation: CitationFacts | null;
  disputes: PictureDispute[];
  /** Whether it is an edge that can be opened. */
  opens: boolean;
};

export type RowMark = { tone: 'warning' | 'accent' | 'success' | 'neutral'; text: string };

/** What the picture lights up, for the table to say in words, by recorded id. */
export type RowMarks = { path: ReadonlySet<string>; added: ReadonlySet<string>; shares: ReadonlySet<string> };

const NO_MARKS: RowMarks = { path: new Set(), added: new Set(), shares: new Set() };

function marksOf(e: PictureEdge, marks: RowMarks): RowMark[] {
  const found: RowMark[] = [];
  if (e.status !== 'ASSERTED') found.push({ tone: 'warning', text: words(e.status) });
  if (marks.path.has(e.id)) found.push({ tone: 'accent', text: 'On the path' });
  if (marks.added.has(e.id)) found.push({ tone: 'success', text: 'Recorded since' });
  if (marks.shares.has(e.id)) found.push({ tone: 'accent', text: 'Share changed' });
  if (e.contracted) found.push({ tone: 'neutral', text: 'Through nodes not shown' });
  return found;
}

/** Rows in the order of the graph's nodes, which is by distance from the root; largest shares first within one. */
export function tableRows(graph: PictureGraph, marks: RowMarks = NO_MARKS): LineageRow[] {
  const order = new Map(graph.nodes.map((n, i) => [n.id, i]));
  const nodes = new Map(graph.nodes.map((n) => [n.id, n]));
  const rows: LineageRow[] = [];
  for (const e of graph.edges) {
    const downstream = nodes.get(e.downstream);
    const upstream = nodes.get(e.upstream);
    if (!downstream || !upstream) continue;
    rows.push({
      id: e.id,
      downstream,
      relation: EDGE_WORDS[e.kind],
      upstream,
      reason: null,
      share: e.share,
      shareUpper: e.shareUpper,
      mass: e.mass,
      amount: amountText(e.amount, e.unit, e.epochs),
      marks: marksOf(e, marks),
      assertedBy: e.contracted ? null : e.team,
      citation: e.citation,
      disputes: e.disputes,
      opens: true,
    });
  }
  for (const u of graph.unaccounted) {
    const downstream = nodes.get(u.node);
    if (!downstream) continue;
    rows.push({
      id: `unaccounted ${u.node} ${u.reason}`,
      downstream,
      relation: 'unaccounted',
      upstream: null,
      reason: REASON_WORDS[u.reason],
      share: u.share,
      shareUpper: u.shareUpper,
      mass: true,
      amount: null,
      marks: [],
      assertedBy: null,
      citation: null,
      disputes: [],
      opens: false,
    });
  }
  return rows.sort(
    (a, b) =>
      order.get(a.downstream.id)! - order.get(b.downstream.id)! ||
      (b.share ?? -1) - (a.share ?? -1) ||
      (a.upstream?.label ?? '~').localeCompare(b.upstream?.label ?? '~'),
  );
}

export function amountText(amount: number | null, unit: string | null, epochs: number | null): string | null {
  const times = epochs !== null && epochs !== 1 ? `${epochs} epochs` : null;
  if (amount === null) return times;
  const text =
    unit === 'FRACTION' ? `fraction ${amount}` : `${grouped(amount)}${unit ? ` ${unit.toLowerCase()}` : ''}`;
  return times ? `${text}, ${times}` : text;
}

export function matches(row: LineageRow, typed: string): boolean {
  const text = typed.trim().toLowerCase();
  if (text === '') return true;
  return [row.downstream, row.upstream].some(
    (n) => n && (n.label.toLowerCase().includes(text) || n.ref.toLowerCase().includes(text)),
  );
}
