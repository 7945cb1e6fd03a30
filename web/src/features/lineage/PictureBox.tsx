import type { KeyboardEvent } from 'react';
import { compact, percent } from '../../ui/numbers.ts';
import { STAGE_TITLES } from './bands.ts';
import { foldLabel } from './collapse.ts';
import { cutText, wrapText } from './fit-text.ts';
import { FOLD_LINE, FOLD_LISTED, NODE_HEIGHT, type PlacedNode } from './layout.ts';
import { KIND_WORDS } from './lineage-words.ts';
import type { PictureEdge, PictureNode } from './picture-graph.ts';

/** For a training stage the stage is the name that a reader looks for; the run's own name comes second. */
function titleAndDetail(node: PictureNode): { title: string; detail: string } {
  if (node.stage) {
    const title = STAGE_TITLES[node.stage];
    return { title: node.tokens ? `${title} · ${compact(node.tokens)}` : title, detail: node.label };
  }
  if (node.kind === 'DATASET_VERSION' && node.note) return { title: node.label, detail: node.note };
  const detail = node.note ? `${KIND_WORDS[node.kind]} · ${node.note}` : KIND_WORDS[node.kind];
  return { title: node.label, detail };
}

export type PictureBoxProps = {
  node: PlacedNode;
  members: PictureNode[];
  edges: PictureEdge[];
  root: boolean;
  selected: boolean;
  dim: boolean;
  tabIndex: number;
  onPoint: (on: boolean) => void;
  onOpen: () => void;
  onKeyDown: (event: KeyboardEvent<SVGGElement>) => void;
};

/** One node, or a stack that stands for many and lists the largest of them. */
export function PictureBox(props: PictureBoxProps) {
  const { node, members, selected } = props;
  const first = members[0];
  if (!first) return null;
  const { title, detail } = node.folded
    ? { title: foldLabel(node.kind, members.length), detail: 'Open to search or draw them' }
    : titleAndDetail(first);
  const activity = node.kind === 'TRAINING_RUN' || node.kind === 'TRANSFORMATION';
  const left = activity ? 18 : 12;
  const room = node.width - left - 10;
  const lines = wrapText(title, room, 8.2);
  const stroke = selected ? 'var(--accent)' : props.root ? 'var(--ink)' : 'var(--line-strong)';
  return (
    // biome-ignore lint/a11y/useSemanticElements: a button element can't stand inside an SVG
    <g
      data-node={node.id}
      role="button"
      tabIndex={props.tabIndex}
      aria-pressed={selected}
      opacity={props.dim ? 0.3 : 1}
      transform={`translate(${node.x},${node.y})`}
      onPointerEnter={() => props.onPoint(true)}
      onPointerLeave={() => props.onPoint(false)}
      onFocus={() => props.onPoint(true)}
      onBlur={() => props.onPoint(false)}
      onClick={props.onOpen}
      onKeyDown={props.onKeyDown}
      className="group"
      style={{ cursor: 'pointer', outline: 'none' }}
    >
      <title>{node.folded ? `${title}, ${detail}` : `${title}, ${detail}, ${first.ref}`}</title>
      {node.folded
        ? [7, 3.5].map((shift) => (
            <rect
              key={shift}
              x={shift}
              y={shift}
              width={node.width}
              height={node.height}
              rx="7"
              fill="var(--surface)"
              stroke="var(--line-strong)"
            />
          ))
        : null}
      <rect
        width={node.width}
        height={node.height}
        rx={activity ? 22 : 7}
        fill={selected ? 'var(--accent-soft)' : 'var(--surface)'}
        stroke={stroke}
        strokeWidth={selected || props.root ? 1.75 : 1}
        strokeDasharray={first.retractedAt && !node.folded ? '3 3' : undefined}
      />
      <rect
        x="-4"
        y="-4"
        width={node.width + 8}
        height={node.height + 8}
        rx={activity ? 26 : 10}
        fill="none"
        stroke="var(--accent)"
        strokeWidth="2.5"
        opacity="0"
        className="group-focus-visible:opacity-100"
      />
      {lines.map((line, index) => (
        <text
          key={line}
          x={left}
          y={(lines.length === 1 ? 20.5 : 15) + index * 13.5}
          fontSize="12.5"
          fontWeight="600"
          fill="var(--ink)"
        >
          {line}
        </text>
      ))}
      <text x={left} y={lines.length === 1 ? 36.5 : 42} fontSize="11" fill="var(--ink-2)">
        {cutText(detail, room, 6.2)}
      </text>
      {node.folded ? <Largest members={members} edges={props.edges} width={node.width} /> : null}
    </g>
  );
}

function Largest(props: { members: PictureNode[]; edges: PictureEdge[]; width: number }) {
  const ids = new Set(props.members.map((m) => m.id));
  const weight = new Map<string, number>();
  for (const e of props.edges) {
    if (e.share !== null && ids.has(e.upstream)) {
      weight.set(e.upstream, Math.max(weight.get(e.upstream) ?? 0, e.share));
    }
  }
  const most = Math.max(...weight.values(), 1e-9);
  const bar = 56;
  return (
    <g fontSize="10.5" fill="var(--ink-2)">
      {props.members.slice(0, FOLD_LISTED).map((m, index) => {
        const y = NODE_HEIGHT + 8 + index * FOLD_LINE;
        const share = weight.get(m.id);
        return (
          <g key={m.id}>
            <text x="12" y={y}>
              {cutText(m.label, props.width - bar - 68, 5.9)}
            </text>
            {share === undefined ? null : (
              <>
                <rect
                  x={props.width - bar - 50}
                  y={y - 7}
                  width={Math.max(1.5, (share / most) * bar)}
                  height="6"
                  rx="1.5"
                  fill="var(--accent)"
                  opacity="0.55"
                />
                <text x={props.width - 10} y={y} textAnchor="end">
                  {percent(share)}
                </text>
              </>
            )}
          </g>
        );
      })}
    </g>
  );
}
