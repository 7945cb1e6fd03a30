import type { MarkShape } from './mark-shape.ts';

const TRIANGLES = {
  'at-most': { up: [0, 1], side: [-1, 0] },
  'at-least': { up: [0, -1], side: [1, 0] },
} as const;

/** A triangle that points to where the rate may lie: `up` where rates run upwards, `side` where they run rightwards. */
function triangle(x: number, y: number, [dx, dy]: readonly [number, number]): string {
  const at = (along: number, across: number) =>
    `${(x + dx * along - dy * across).toFixed(1)},${(y + dy * along + dx * across).toFixed(1)}`;
  return [at(7, 0), at(-4, 5.5), at(-4, -5.5)].join(' ');
}

/** The mark of one rate. What it says is told by shape: colour only repeats it. */
export function RateMark(props: { x: number; y: number; shape: MarkShape; rates: 'up' | 'side' }) {
  const { x, y, shape } = props;
  if (shape === 'at-most' || shape === 'at-least')
    return (
      <polygon
        points={triangle(x, y, TRIANGLES[shape][props.rates])}
        fill="var(--surface)"
        stroke="var(--accent)"
        strokeWidth="1.75"
        strokeLinejoin="round"
      />
    );
  return (
    <circle
      cx={x}
      cy={y}
      r="4.5"
      fill={shape === 'full' ? 'var(--accent)' : 'var(--surface)'}
      stroke="var(--accent)"
      strokeWidth="1.75"
    />
  );
}

/** An interval, capped at both ends. */
export function Whisker(props: { from: readonly [number, number]; to: readonly [number, number] }) {
  const [[x1, y1], [x2, y2]] = [props.from, props.to];
  const upright = x1 === x2;
  const cap = (x: number, y: number) => (upright ? `M${x - 4} ${y}h8` : `M${x} ${y - 4}v8`);
  return (
    <path
      d={`M${x1} ${y1}L${x2} ${y2}${cap(x1, y1)}${cap(x2, y2)}`}
      stroke="var(--accent)"
      strokeWidth="1.5"
      strokeOpacity="0.75"
      fill="none"
    />
  );
}

/** Two strokes across: here no line goes on. */
export function BreakSign({ x, y }: { x: number; y: number }) {
  return (
    <>
      <circle cx={x} cy={y} r="7" fill="var(--surface)" />
      <path
        d={`M${x - 5} ${y + 5}l5 -10M${x} ${y + 5}l5 -10`}
        stroke="var(--warning)"
        strokeWidth="1.75"
        strokeLinecap="round"
        fill="none"
      />
    </>
  );
}
