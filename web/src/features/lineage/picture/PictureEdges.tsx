import { memo } from 'react';
import type { DrawnEdge } from '../collapse.ts';
import { isUnknown } from '../thickness.ts';
import type { Stroke } from './cells.ts';
import { edgeTitle } from './edge-title.ts';
import type { PictureModel } from './picture-model.ts';

/** Narrower lines have an unseen one around them, px wide, that is easier to point at. */
const EASY = 8;

export type EdgeLook = 'plain' | 'dim' | 'lit' | 'path' | 'selected';

export type EdgeLineProps = {
  edge: DrawnEdge;
  model: PictureModel;
  look: EdgeLook;
  /** A change since the earlier moment, as a sign. */
  mark: '+' | 'Δ' | null;
  onOpen: (id: string) => void;
};

function colorOf(edge: DrawnEdge, look: EdgeLook): string {
  if (look === 'path') return 'var(--cat-3)';
  if (edge.disputed > 0 && edge.disputed === edge.edges.length) return 'var(--warning)';
  const mass = edge.mass && !isUnknown(edge);
  return mass || look === 'lit' || look === 'selected' ? 'var(--accent)' : 'var(--ink-3)';
}

function opacityOf(edge: DrawnEdge, look: EdgeLook): number {
  const strong = look === 'lit' || look === 'path' || look === 'selected';
  if (edge.mass && !isUnknown(edge)) return strong ? 0.74 : 0.42;
  return strong ? 0.95 : 0.6;
}

/** One line, with what it says in its title; a click opens who asserted it. The keyboard reaches it from a node. */
export const EdgeLine = memo(function EdgeLine({ edge, model, look, mark, onOpen }: EdgeLineProps) {
  const path = model.paths.get(edge.id);
  if (!path) return null;
  const dash = isUnknown(edge) ? '4 4' : edge.retracted ? '2 3' : undefined;
  const wider = look === 'path' || look === 'selected' ? 1.5 : 0;
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the same opens by keyboard from the panel of a node, and in the table
    <g data-edge={edge.id} opacity={look === 'dim' ? 0.18 : 1} onClick={() => onOpen(edge.id)}>
      <title>{edgeTitle(edge, model.placed, model.nodes)}</title>
      <path
        d={path.d}
        stroke={colorOf(edge, look)}
        strokeOpacity={opacityOf(edge, look)}
        strokeWidth={(edge.contracted ? path.width + 4 : path.width) + wider}
        strokeDasharray={dash}
      />
      {edge.contracted ? (
        <path d={path.d} stroke="var(--surface)" strokeWidth={Math.max(1.5, path.width)} />
      ) : null}
      {path.width < EASY ? <path d={path.d} stroke="transparent" strokeWidth={EASY} /> : null}
      {edge.disputed ? (
        <Sign x={path.midX} y={path.midY} tone="warning">
          ≠
        </Sign>
      ) : null}
      {mark ? (
        <Sign
          x={path.midX + (edge.disputed ? 20 : 0)}
          y={path.midY}
          tone={mark === '+' ? 'success' : 'accent'}
        >
          {mark}
        </Sign>
      ) : null}
    </g>
  );
});

/** A small round sign on a line or a box. */
export function Sign(props: {
  x: number;
  y: number;
  tone: 'warning' | 'success' | 'accent';
  children: string;
}) {
  return (
    <g transform={`translate(${props.x},${props.y})`}>
      <circle r="8" fill={`var(--${props.tone}-soft)`} stroke={`var(--${props.tone})`} strokeWidth="1.25" />
      <text y="4" fontSize="11" fontWeight="700" textAnchor="middle" fill={`var(--${props.tone})`}>
        {props.children}
      </text>
    </g>
  );
}

/** Lines that only pass through the part in view, in a few strokes: nothing of them can be opened from here. */
export const PassingLines = memo(function PassingLines(props: { strokes: readonly Stroke[] }) {
  return props.strokes.map(({ key, width, d }) => (
    <path key={key} d={d} stroke="var(--accent)" strokeWidth={width} />
  ));
});
