import type { KeyboardEvent } from 'react';
import { compact, percent } from '../../ui/numbers.ts';
import { STAGE_TITLES } from './bands.ts';
import { foldLabel } from './collapse.ts';
import type { PlacedNode } from './layout.ts';
import { KIND_WORDS } from './lineage-words.ts';
import type { PictureEdge, PictureNode } from './picture-graph.ts';

/** The text of a box is cut by an estimate of its width; the whole of it is in the title. */
function cut(text: string, room: number, perLetter: number): string {
  const most = Math.floor(room / perLetter);
  return text.length <= most ? text : `${text.slice(0, most - 1).trimEnd()}…`;
}

function detail(node: PictureNode): string {
  if (node.stage) {
    return node.tokens
      ? `${STAGE_TITLES[node.stage]} · ${compact(node.tokens)} tokens`
      : STAGE_TITLES[node.stage];
  }
  return node.note ? `${KIND_WORDS[node.kind]} · ${node.note}` : KIND_WORDS[node.kind];
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

/** One node, or a stack that stands for many with the shares of the largest along its foot. */
export function PictureBox(props: PictureBoxProps) {
  const { node, members, selected } = props;
  const first = members[0];
  if (!first) return null;
  const title = node.folded ? foldLabel(node.kind, members.length) : first.label;
  const sub = node.folded ? 'Open to search and to draw them' : detail(first);
  const activity = node.kind === 'TRAINING_RUN' || node.kind === 'TRANSFORMATION';
  const stroke = selected ? 'var(--accent)' : props.root ? 'var(--ink)' : 'var(--line-strong)';
  const room = node.width - 24;
  return (
    // biome-ignore lint/a11y/useSemanticElements: a button element can't stand inside an SVG
    <g
      data-node={node.id}
      role="button"
      tabIndex={props.tabIndex}
      aria-label={`${title}, ${node.folded ? 'folded' : sub}`}
      aria-pressed={selected}
      opacity={props.dim ? 0.3 : 1}
      transform={`translate(${node.x},${node.y})`}
      onPointerEnter={() => props.onPoint(true)}
      onPointerLeave={() => props.onPoint(false)}
      onFocus={() => props.onPoint(true)}
      onBlur={() => props.onPoint(false)}
      onClick={props.onOpen}
      onKeyDown={props.onKeyDown}
      style={{ cursor: 'pointer', outlineOffset: 3 }}
    >
      <title>{node.folded ? title : `${first.label}\n${first.ref}`}</title>
      {node.folded ? (
        <>
          <rect
            x="7"
            y="7"
            width={node.width}
            height={node.height}
            rx="7"
            fill="var(--surface)"
            stroke="var(--line-strong)"
          />
          <rect
            x="3.5"
            y="3.5"
            width={node.width}
            height={node.height}
            rx="7"
            fill="var(--surface)"
            stroke="var(--line-strong)"
          />
        </>
      ) : null}
      <rect
        width={node.width}
        height={node.height}
        rx={activity ? 20 : 7}
        fill={selected ? 'var(--accent-soft)' : 'var(--surface)'}
        stroke={stroke}
        strokeWidth={selected || props.root ? 1.75 : 1}
        strokeDasharray={first.retractedAt && !node.folded ? '3 3' : undefined}
      />
      <text x={activity ? 16 : 12} y="18.5" fontSize="12.5" fontWeight="600" fill="var(--ink)">
        {cut(title, activity ? room - 6 : room, 6.7)}
      </text>
      <text x={activity ? 16 : 12} y="34" fontSize="11" fill="var(--ink-2)">
        {cut(sub, activity ? room - 6 : room, 5.6)}
      </text>
      {node.folded ? (
        <FoldBar members={members} edges={props.edges} width={node.width} y={node.height - 4} />
      ) : null}
    </g>
  );
}

function FoldBar(props: { members: PictureNode[]; edges: PictureEdge[]; width: number; y: number }) {
  const weight = new Map<string, number>();
  for (const e of props.edges) {
    if (e.share !== null) weight.set(e.upstream, (weight.get(e.upstream) ?? 0) + e.share);
  }
  const shares = props.members.map((m) => ({ label: m.label, share: weight.get(m.id) ?? 0 }));
  const total = shares.reduce((sum, s) => sum + s.share, 0);
  if (total === 0) return null;
  let x = 8;
  const room = props.width - 16;
  return (
    <g>
      {shares.slice(0, 8).map((s, index) => {
        const width = (s.share / total) * room;
        const at = x;
        x += width;
        return (
          <rect
            key={s.label}
            x={at}
            y={props.y - 1}
            width={Math.max(0, width - 1)}
            height="3"
            fill={`var(--cat-${index + 1})`}
          >
            <title>{`${s.label} ${percent(s.share)}`}</title>
          </rect>
        );
      })}
    </g>
  );
}
