import { memo } from 'react';
import type { DrawnEdge } from '../collapse.ts';
import { edgeTitle } from './edge-title.ts';
import { dashOf, type EdgeLook, lineColor, lineOpacity } from './line-look.ts';
import type { PictureModel } from './picture-model.ts';

/** Narrower lines have an unseen one around them, px wide, that is easier to point at. */
const EASY = 8;

export type EdgeLineProps = {
  edge: DrawnEdge;
  model: PictureModel;
  look: EdgeLook;
  /** Whether it lies on the ground's line, which is drawn already. */
  onGround: boolean;
  /** A change since the earlier moment, as a sign. */
  mark: '+' | 'Δ' | null;
  onOpen: (id: string) => void;
};

/** One line, with what it says in its title; a click opens who asserted it. The keyboard reaches it from a node. */
export const EdgeLine = memo(function EdgeLine(props: EdgeLineProps) {
  const { edge, model, look, onGround, mark, onOpen } = props;
  const path = model.paths.get(edge.id);
  if (!path) return null;
  const wider = look === 'path' || look === 'selected' ? 1.5 : 0;
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the same opens by keyboard from the panel of a node, and in the table
    <g data-edge={edge.id} opacity={look === 'dim' ? 0.18 : 1} onClick={() => onOpen(edge.id)}>
      <title>{edgeTitle(edge, model.placed, model.nodes)}</title>
      <path
        d={path.d}
        stroke={lineColor(edge, look)}
        strokeOpacity={lineOpacity(edge, look, onGround)}
        strokeWidth={(edge.contracted ? path.width + 4 : path.width) + wider}
        strokeDasharray={dashOf(edge)}
      />
      {edge.contracted ? (
        <path d={path.d} stroke="var(--surface)" strokeWidth={Math.max(1.5, path.width)} />
      ) : null}
      {path.width < EASY ? <path d={path.d} stroke="none" strokeWidth={EASY} pointerEvents="stroke" /> : null}
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
