import { absorbTransformations } from './absorb.ts';
import { arrange, type Cell, type Link } from './arrange.ts';
import type { Band } from './bands.ts';
import { assignBands, BANDS, STAGE_ORDER, trainingChains, trainingOrder } from './bands.ts';
import type { DrawnEdge, DrawnNode } from './collapse.ts';
import { collapse } from './collapse.ts';
import type { PictureGraph, PictureUnaccounted, UnaccountedReason } from './picture-graph.ts';
import { shareWidth } from './thickness.ts';

export type PlacedNode = DrawnNode & { x: number; y: number; width: number; height: number; band: Band };
/** A hatched end: the part of a node's data that no input accounts for. */
export type PlacedStub = {
  id: string;
  of: string;
  x: number;
  y: number;
  width: number;
  height: number;
  share: number;
  shareUpper: number;
  reason: UnaccountedReason;
  count: number;
};
export type PlacedBand = { band: Band; x: number; width: number };
export type Layout = {
  width: number;
  height: number;
  bands: PlacedBand[];
  nodes: PlacedNode[];
  stubs: PlacedStub[];
  edges: DrawnEdge[];
  /** Where an edge that spans several columns passes through those between, by edge. */
  bends: Record<string, Bend[]>;
};
export type Bend = { fromX: number; toX: number; y: number };

export const NODE_WIDTH = 200;
export const NODE_HEIGHT = 48;
/** A fold lists its largest members. */
export const FOLD_LISTED = 5;
export const FOLD_LINE = 16;
export const HEADER = 40;
const STUB_HEIGHT = 34;
const COLUMN_GAP = 66;
/** From one column to the next. */
export const COLUMN = NODE_WIDTH + COLUMN_GAP;
/** More long edges than this are drawn straight: ways around for each would cost more than they show. */
const MOST_BENT = 300;
const LANE = 10;
const MARGIN = 24;

export function boxHeight(node: DrawnNode): number {
  return node.folded ? NODE_HEIGHT + Math.min(FOLD_LISTED, node.members.length) * FOLD_LINE + 4 : NODE_HEIGHT;
}

/**
 * Lays the lineage out: bands from left to right, within them columns by how far upstream a node is, within a
 * column rows near what they are joined to. Pure, and linear but for the sweeps, so that it runs in a worker.
 */
export function layoutPicture(recorded: PictureGraph, revealed: ReadonlySet<string>): Layout {
  const graph = absorbTransformations(recorded);
  const drawn = collapse(graph, revealed);
  const bandOf = assignBands(graph);
  const bands = new Map(drawn.nodes.map((n) => [n.id, bandOf.get(n.members[0]!)!]));
  const depths = depthWithinBand(drawn.nodes, drawn.edges, bands);
  const stubs = joinStubs(graph.unaccounted, drawn.foldOf);
  const columns = numberColumns(bands, depths, stubs);
  const cells = makeCells(graph, drawn.nodes, drawn.edges, columns.of, stubs, columns.ofStub);
  const lanes = longEdges(drawn.edges, columns.of);
  for (const lane of lanes) cells.push(...lane.cells);
  const links = [
    ...lanes.flatMap((lane) => lane.links),
    ...drawn.edges.map((e) => ({ a: e.downstream, b: e.upstream, weight: 1 + shareWidth(e.share) })),
    ...stubs.map((s) => ({ a: s.of, b: s.id, weight: 4 })),
  ];
  const rows = arrange(cells, links, columns.count);
  const x = (column: number) => MARGIN + column * COLUMN;
  const lowest = Math.max(0, ...cells.map((c) => rows.get(c.id)! + c.height / 2));
  const nodes = drawn.nodes.map((n) => ({
    ...n,
    band: bands.get(n.id)!,
    x: x(columns.of.get(n.id)!),
    y: rows.get(n.id)! - boxHeight(n) / 2 + HEADER + MARGIN,
    width: NODE_WIDTH,
    height: boxHeight(n),
  }));
  const placedStubs = stubs.map((s) => ({
    ...s,
    x: x(columns.ofStub.get(s.id)!),
    y: rows.get(s.id)! - STUB_HEIGHT / 2 + HEADER + MARGIN,
    width: NODE_WIDTH,
    height: STUB_HEIGHT,
  }));
  return {
    width: MARGIN * 2 + columns.count * NODE_WIDTH + Math.max(0, columns.count - 1) * COLUMN_GAP,
    height: lowest + HEADER + MARGIN * 2,
    bands: columns.bands.map((b) => ({
      band: b.band,
      x: x(b.first) - COLUMN_GAP / 2,
      width: b.columns * COLUMN,
    })),
    nodes,
    stubs: placedStubs,
    edges: drawn.edges,
    bends: Object.fromEntries(
      lanes.map((lane) => [
        lane.edge,
        lane.cells.map((c) => ({
          fromX: x(c.column),
          toX: x(c.column) + NODE_WIDTH,
          y: rows.get(c.id)! + HEADER + MARGIN,
        })),
      ]),
    ),
  };
}

type Lane = { edge: string; cells: Cell[]; links: Link[] };

/** A narrow lane through each column that an edge only passes. */
function longEdges(edges: DrawnEdge[], columnOf: Map<string, number>): Lane[] {
  const span = (e: DrawnEdge) => columnOf.get(e.upstream)! - columnOf.get(e.downstream)!;
  const long = edges.filter((e) => span(e) > 1);
  if (long.length > MOST_BENT) return [];
  return long.map((e) => {
    const weight = 2 + shareWidth(e.share);
    const first = columnOf.get(e.downstream)! + 1;
    const cells = Array.from({ length: span(e) - 1 }, (_, i): Cell => {
      const id = `lane:${e.id}:${i}`;
      return {
        id,
        column: first + i,
        height: Math.max(LANE, shareWidth(e.share)),
        order: null,
        rank: 0,
        chain: id,
      };
    });
    const stops = [e.downstream, ...cells.map((c) => c.id), e.upstream];
    const links = cells.map((_, i) => ({ a: stops[i]!, b: stops[i + 1]!, weight }));
    links.push({ a: stops.at(-2)!, b: e.upstream, weight });
    return { edge: e.id, cells, links };
  });
}

/** Longest way from the band's left edge, so that what was derived stands left of what it was derived from. */
function depthWithinBand(
  nodes: DrawnNode[],
  edges: DrawnEdge[],
  bands: Map<string, Band>,
): Map<string, number> {
  const downstreams = new Map<string, string[]>();
  for (const e of edges) {
    const band = bands.get(e.upstream);
    if (band !== 'DATASETS' || bands.get(e.downstream) !== band) continue;
    downstreams.set(e.upstream, [...(downstreams.get(e.upstream) ?? []), e.downstream]);
  }
  const depth = new Map<string, number>();
  const visiting = new Set<string>();
  const visit = (id: string): number => {
    const known = depth.get(id);
    if (known !== undefined) return known;
    if (visiting.has(id)) return 0;
    visiting.add(id);
    let deepest = 0;
    for (const down of downstreams.get(id) ?? []) deepest = Math.max(deepest, visit(down) + 1);
    visiting.delete(id);
    depth.set(id, deepest);
    return deepest;
  };
  for (const n of nodes) visit(n.id);
  return depth;
}

type Stub = Omit<PlacedStub, 'x' | 'y' | 'width' | 'height'>;

function joinStubs(unaccounted: PictureUnaccounted[], foldOf: Map<string, string>): Stub[] {
  const joined = new Map<string, Stub>();
  for (const u of unaccounted) {
    const of = foldOf.get(u.node);
    if (of === undefined || !(u.shareUpper > 0)) continue;
    const id = `stub:${of}:${u.reason}`;
    const known = joined.get(id);
    if (!known) {
      joined.set(id, { id, of, share: u.share, shareUpper: u.shareUpper, reason: u.reason, count: 1 });
    } else {
      known.share = Math.min(known.share, u.share);
      known.shareUpper = Math.max(known.shareUpper, u.shareUpper);
      known.count += 1;
    }
  }
  return [...joined.values()];
}

function numberColumns(bands: Map<string, Band>, depths: Map<string, number>, stubs: Stub[]) {
  const spans = new Map<Band, number>();
  const grow = (band: Band, columns: number) => spans.set(band, Math.max(spans.get(band) ?? 0, columns));
  for (const [id, band] of bands) grow(band, (depths.get(id) ?? 0) + 1);
  // A stub stands one step further upstream than what it belongs to: in the band where an input would stand.
  const stubBand = (band: Band): Band => (band === 'SOURCES' ? band : BANDS[BANDS.indexOf(band) + 1]!);
  for (const s of stubs) grow(stubBand(bands.get(s.of)!), 1);
  const list: { band: Band; first: number; columns: number }[] = [];
  let next = 0;
  for (const band of BANDS) {
    const columns = spans.get(band);
    if (!columns) continue;
    list.push({ band, first: next, columns });
    next += columns;
  }
  const first = new Map(list.map((b) => [b.band, b]));
  const of = new Map<string, number>();
  for (const [id, band] of bands) of.set(id, first.get(band)!.first + (depths.get(id) ?? 0));
  const ofStub = new Map<string, number>();
  for (const s of stubs) {
    const band = bands.get(s.of)!;
    const within = band === 'DATASETS' && (depths.get(s.of) ?? 0) + 1 < first.get(band)!.columns;
    ofStub.set(s.id, within ? of.get(s.of)! + 1 : first.get(stubBand(band))!.first);
  }
  return { of, ofStub, bands: list, count: next };
}

function makeCells(
  graph: PictureGraph,
  nodes: DrawnNode[],
  edges: DrawnEdge[],
  columns: Map<string, number>,
  stubs: Stub[],
  stubColumns: Map<string, number>,
): Cell[] {
  const steps = trainingOrder(graph);
  const chains = trainingChains(graph);
  const shares = new Map<string, number>();
  for (const e of edges) shares.set(e.upstream, Math.max(shares.get(e.upstream) ?? 0, e.share ?? 0));
  const byId = new Map(graph.nodes.map((n) => [n.id, n]));
  const cells: Cell[] = nodes.map((n) => {
    const node = byId.get(n.members[0]!)!;
    const stage = node.stage ? STAGE_ORDER.indexOf(node.stage) / 100 : 0;
    const ordered = node.kind === 'TRAINING_RUN' || node.kind === 'MODEL_VERSION';
    const order = ordered ? (steps.get(node.id) ?? 0) + stage : null;
    const column = columns.get(n.id)!;
    return {
      id: n.id,
      column,
      height: boxHeight(n),
      order,
      rank: shares.get(n.id) ?? 0,
      chain: chains.get(node.id) ?? n.id,
    };
  });
  for (const s of stubs) {
    cells.push({
      id: s.id,
      column: stubColumns.get(s.id)!,
      height: STUB_HEIGHT,
      order: null,
      rank: 0,
      chain: s.id,
    });
  }
  return cells;
}
