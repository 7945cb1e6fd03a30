'use client';

import { type KeyboardEvent, type Ref, useMemo, useState } from 'react';
import { absorbTransformations } from './absorb.ts';
import { BAND_TITLES } from './bands.ts';
import type { DrawnEdge } from './collapse.ts';
import { edgePaths, neighbour } from './edge-paths.ts';
import { HEADER, type Layout, type PlacedNode } from './layout.ts';
import { EDGE_WORDS, shareRange } from './lineage-words.ts';
import { PictureBox } from './PictureBox.tsx';
import { PictureStub } from './PictureStub.tsx';
import type { PictureGraph, PictureNode } from './picture-graph.ts';
import { isUnknown } from './thickness.ts';
import { litBy } from './upstream-path.ts';

const ARROWS = ['ArrowUp', 'ArrowDown', 'ArrowLeft', 'ArrowRight'] as const;

export type LineagePictureProps = {
  graph: PictureGraph;
  layout: Layout;
  selected: string | null;
  onSelect: (id: string) => void;
  /** Zoom; null fits the width. */
  zoom: number | null;
  svgRef: Ref<SVGSVGElement>;
};

/** The picture: one SVG with all its paint in attributes, so that it can be saved as it stands. */
export function LineagePicture({
  graph: recorded,
  layout,
  selected,
  onSelect,
  zoom,
  svgRef,
}: LineagePictureProps) {
  const [pointed, setPointed] = useState<string | null>(null);
  const graph = useMemo(() => absorbTransformations(recorded), [recorded]);
  const nodes = useMemo(() => new Map(graph.nodes.map((n) => [n.id, n])), [graph]);
  const placed = useMemo(() => new Map(layout.nodes.map((n) => [n.id, n])), [layout]);
  const paths = useMemo(() => edgePaths(layout), [layout]);
  const lit = useMemo(
    () => (pointed && placed.has(pointed) ? litBy(pointed, layout.edges) : null),
    [pointed, placed, layout],
  );
  const reachable = selected && placed.has(selected) ? selected : (layout.nodes[0]?.id ?? null);

  const onKeyDown = (event: KeyboardEvent<SVGGElement>, node: PlacedNode) => {
    if (event.key === 'Enter' || event.key === ' ') {
      event.preventDefault();
      onSelect(node.id);
      return;
    }
    const arrow = ARROWS.find((key) => key === event.key);
    if (!arrow) return;
    event.preventDefault();
    const next = neighbour(layout, node, arrow);
    if (!next) return;
    const target = event.currentTarget.ownerSVGElement?.querySelector<SVGGElement>(
      `[data-node="${CSS.escape(next.id)}"]`,
    );
    target?.focus();
  };

  const size =
    zoom === null
      ? { width: '100%', maxWidth: wholeWidth(layout), '--least': `${layout.width * 0.56}px` }
      : { width: layout.width * zoom };
  return (
    // biome-ignore lint/a11y/useSemanticElements: a picture of nodes has no element of its own
    <svg
      ref={svgRef}
      viewBox={`0 0 ${layout.width} ${layout.height}`}
      role="group"
      aria-label="Lineage. Arrow keys go along it, Enter opens a node; the table says the same."
      className={`mx-auto block h-auto ${zoom === null ? 'max-sm:min-w-(--least)' : ''}`}
      style={size}
      fontFamily="ui-sans-serif, system-ui, 'Segoe UI', 'Liberation Sans', Arial, sans-serif"
    >
      <Patterns />
      {layout.bands.map((band, index) => (
        <g key={band.band}>
          <rect
            x={band.x + 6}
            y="6"
            width={band.width - 12}
            height={layout.height - 12}
            rx="10"
            fill="var(--sunken)"
            opacity={index % 2 === 0 ? 0.85 : 0.4}
          />
          <text
            x={band.x + 36}
            y={HEADER - 6}
            fontSize="12"
            fontWeight="600"
            fill="var(--ink-2)"
            letterSpacing="0.2"
          >
            {BAND_TITLES[band.band]}
          </text>
        </g>
      ))}
      <g fill="none">
        {layout.edges.map((edge) => (
          <EdgeLine
            key={edge.id}
            edge={edge}
            path={paths.get(edge.id)}
            dim={lit !== null && !lit.edges.has(edge.id)}
            lit={lit?.edges.has(edge.id) ?? false}
            title={edgeTitle(edge, placed, nodes)}
          />
        ))}
      </g>
      {layout.stubs.map((stub) => (
        <PictureStub
          key={stub.id}
          stub={stub}
          path={paths.get(stub.id)}
          dim={lit !== null && !lit.nodes.has(stub.of)}
        />
      ))}
      {layout.nodes.map((node) => (
        <PictureBox
          key={node.id}
          node={node}
          members={node.members.map((id) => nodes.get(id)).filter((n): n is PictureNode => n !== undefined)}
          edges={graph.edges}
          root={node.members.includes(graph.root)}
          selected={node.id === selected}
          dim={lit !== null && !lit.nodes.has(node.id)}
          tabIndex={node.id === reachable ? 0 : -1}
          onPoint={(on) => setPointed(on ? node.id : null)}
          onOpen={() => onSelect(node.id)}
          onKeyDown={(event) => onKeyDown(event, node)}
        />
      ))}
    </svg>
  );
}

/** As wide as lets the whole picture be seen at once, but never so small that it can't be read. */
function wholeWidth({ width, height }: Layout): string {
  const readable = Math.round(width * 0.5);
  return `max(${readable}px, min(${width}px, ${((76 * width) / height).toFixed(2)}vh))`;
}

function Patterns() {
  return (
    <defs>
      <pattern
        id="lineage-hatch"
        width="6"
        height="6"
        patternUnits="userSpaceOnUse"
        patternTransform="rotate(45)"
      >
        <rect width="6" height="6" fill="var(--surface)" />
        <line x1="0" x2="0" y1="0" y2="6" stroke="var(--hatch)" strokeWidth="2.2" />
      </pattern>
    </defs>
  );
}

function edgeTitle(
  edge: DrawnEdge,
  placed: Map<string, PlacedNode>,
  nodes: Map<string, PictureNode>,
): string {
  const name = (id: string) => {
    const box = placed.get(id);
    if (!box) return '';
    return box.folded ? `${box.members.length} nodes` : (nodes.get(id)?.label ?? '');
  };
  const share = edge.mass ? `, share ${shareRange(edge.share, edge.shareUpper)}` : '';
  const marks = [
    edge.disputed
      ? edge.edges.length > 1
        ? `${edge.disputed} of ${edge.edges.length} disputed`
        : 'disputed'
      : '',
    edge.contracted ? 'through nodes not shown' : '',
  ]
    .filter(Boolean)
    .join(', ');
  return `${name(edge.downstream)} ${EDGE_WORDS[edge.kind]} ${name(edge.upstream)}${share}${marks ? ` (${marks})` : ''}`;
}

function EdgeLine(props: {
  edge: DrawnEdge;
  path: { d: string; width: number; midX: number; midY: number } | undefined;
  dim: boolean;
  lit: boolean;
  title: string;
}) {
  const { edge, path } = props;
  if (!path) return null;
  const unknown = isUnknown(edge);
  const mass = edge.mass && !unknown;
  const color =
    edge.disputed === edge.edges.length
      ? 'var(--warning)'
      : mass || props.lit
        ? 'var(--accent)'
        : 'var(--ink-3)';
  const full = mass ? (props.lit ? 0.72 : 0.42) : props.lit ? 0.95 : 0.6;
  return (
    <g opacity={props.dim ? 0.18 : 1}>
      <title>{props.title}</title>
      <path
        d={path.d}
        stroke={color}
        strokeOpacity={full}
        strokeWidth={edge.contracted ? path.width + 4 : path.width}
        strokeDasharray={unknown ? '4 4' : edge.retracted ? '2 3' : undefined}
      />
      {edge.contracted ? (
        <path d={path.d} stroke="var(--surface)" strokeWidth={Math.max(1.5, path.width)} />
      ) : null}
      <path d={path.d} stroke="transparent" strokeWidth={Math.max(10, path.width)} />
      {edge.disputed ? (
        <g transform={`translate(${path.midX},${path.midY})`}>
          <circle r="8" fill="var(--warning-soft)" stroke="var(--warning)" strokeWidth="1.25" />
          <text y="4" fontSize="11" fontWeight="700" textAnchor="middle" fill="var(--warning)">
            ≠
          </text>
        </g>
      ) : null}
    </g>
  );
}
