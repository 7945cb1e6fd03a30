import { type KeyboardEvent, memo } from 'react';
import { compact } from '../../ui/numbers.ts';
import { STAGE_TITLES } from './bands.ts';
import { foldLabel } from './collapse.ts';
import { cutText, wrapText } from './fit-text.ts';
import type { PlacedNode } from './layout.ts';
import { KIND_WORDS } from './lineage-words.ts';
import { cornerOf, isActivity } from './picture/box-look.ts';
import { FoldList } from './picture/FoldList.tsx';
import { Sign } from './picture/PictureEdges.tsx';
import type { PictureNode } from './picture-graph.ts';

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

export type BoxLook = 'plain' | 'dim' | 'path';

export type PictureBoxProps = {
  node: PlacedNode;
  members: readonly PictureNode[];
  /** The largest share that each member has of anything, for a fold to list. */
  shares: ReadonlyMap<string, number>;
  root: boolean;
  selected: boolean;
  look: BoxLook;
  /** Recorded after the moment that the picture is compared with. */
  added: boolean;
  /** Whether more is recorded beyond it than is drawn. */
  open: boolean;
  tabIndex: number;
  /** Whether the pointer or the focus is on it; only then is there a ring to show the focus by. */
  pointed: boolean;
  onPoint: (id: string | null, by: 'pointer' | 'focus') => void;
  onOpen: (id: string) => void;
  onKeyDown: (event: KeyboardEvent<SVGGElement>, id: string) => void;
};

/** One node, or a stack that stands for many and lists the largest of them. */
export const PictureBox = memo(function PictureBox(props: PictureBoxProps) {
  const { node, members, selected } = props;
  // Where they stand, and not moved there: each movement of its own is a part that the browser paints by itself.
  const { x, y } = node;
  const onPath = props.look === 'path';
  const first = members[0];
  if (!first) return null;
  const { title, detail } = node.folded
    ? { title: foldLabel(node.kind, members.length), detail: 'Open to search or draw them' }
    : titleAndDetail(first);
  const corner = cornerOf(node.kind);
  const left = isActivity(node.kind) ? 18 : 12;
  const room = node.width - left - 10;
  const lines = wrapText(title, room, 8.2);
  const plain = props.root ? 'var(--ink)' : 'var(--line-strong)';
  const stroke = selected ? 'var(--accent)' : onPath ? 'var(--cat-3)' : plain;
  return (
    // biome-ignore lint/a11y/useSemanticElements: a button element can't stand inside an SVG
    <g
      data-node={node.id}
      role="button"
      tabIndex={props.tabIndex}
      aria-pressed={selected}
      opacity={props.look === 'dim' ? 0.3 : 1}
      onPointerEnter={() => props.onPoint(node.id, 'pointer')}
      onPointerLeave={() => props.onPoint(null, 'pointer')}
      onFocus={() => props.onPoint(node.id, 'focus')}
      onBlur={() => props.onPoint(null, 'focus')}
      onClick={() => props.onOpen(node.id)}
      onKeyDown={(event) => props.onKeyDown(event, node.id)}
      // Only what can have the focus has a ring of its own to show it by.
      className={props.pointed || props.tabIndex === 0 ? 'group outline-none' : undefined}
    >
      <title>{boxTitle(props, title, detail)}</title>
      {node.folded
        ? [7, 3.5].map((shift) => (
            <rect
              key={shift}
              x={x + shift}
              y={y + shift}
              width={node.width}
              height={node.height}
              rx="7"
              fill="var(--surface)"
              stroke="var(--line-strong)"
            />
          ))
        : null}
      <rect
        x={x}
        y={y}
        width={node.width}
        height={node.height}
        rx={corner}
        fill={selected ? 'var(--accent-soft)' : 'var(--surface)'}
        stroke={stroke}
        strokeWidth={selected || props.root || onPath ? 1.75 : 1}
        strokeDasharray={first.retractedAt && !node.folded ? '3 3' : undefined}
      />
      {props.pointed ? (
        <rect
          x={x - 4}
          y={y - 4}
          width={node.width + 8}
          height={node.height + 8}
          rx={corner + 4}
          fill="none"
          stroke="var(--accent)"
          strokeWidth="2.5"
          opacity="0"
          className="group-focus-visible:opacity-100"
        />
      ) : null}
      <text>
        {lines.map((line, index) => (
          <tspan
            key={line}
            x={x + left}
            y={y + (lines.length === 1 ? 20.5 : 15) + index * 13.5}
            fontSize="12.5"
            fontWeight="600"
            fill="var(--ink)"
          >
            {line}
          </tspan>
        ))}
        <tspan x={x + left} y={y + (lines.length === 1 ? 36.5 : 42)} fontSize="11" fill="var(--ink-2)">
          {cutText(detail, room, 6.2)}
        </tspan>
      </text>
      {node.folded ? <FoldList members={members} shares={props.shares} box={node} /> : null}
      {props.open ? (
        <text
          x={x + node.width / 2}
          y={y + node.height + 10}
          textAnchor="middle"
          fontSize="15"
          fontWeight="700"
          fill="var(--accent)"
        >
          ⋯
        </text>
      ) : null}
      {props.added ? (
        <Sign x={x + node.width - 4} y={y + 2} tone="success">
          +
        </Sign>
      ) : null}
    </g>
  );
});

function boxTitle({ node, members, open, added }: PictureBoxProps, title: string, detail: string): string {
  return [
    title,
    detail,
    node.folded ? '' : members[0]?.ref,
    added ? 'recorded since' : '',
    open ? 'more is recorded beyond it' : '',
  ]
    .filter(Boolean)
    .join(', ');
}
