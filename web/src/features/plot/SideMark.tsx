type Side = 'before' | 'after';

const INK: Record<Side, string> = { before: 'var(--ink-3)', after: 'var(--accent)' };

/** A value before, which is a square, or after, which is a disc: the shape tells, and colour only repeats it. */
export function SideMark(props: {
  side: Side;
  x: number;
  y: number /** Without an interval. */;
  bare: boolean;
}) {
  const { side, x, y, bare } = props;
  const paint = { fill: bare ? 'var(--surface)' : INK[side], stroke: INK[side], strokeWidth: '1.75' };
  return side === 'before' ? (
    <rect x={x - 4} y={y - 4} width="8" height="8" {...paint} />
  ) : (
    <circle cx={x} cy={y} r="4.5" {...paint} />
  );
}

/** Its interval, capped at both ends. */
export function SideWhisker(props: { side: Side; from: number; to: number; y: number }) {
  const { side, from, to, y } = props;
  return (
    <path
      d={`M${from} ${y}L${to} ${y}M${from} ${y - 4}v8M${to} ${y - 4}v8`}
      stroke={INK[side]}
      strokeWidth="1.5"
      strokeOpacity="0.75"
      fill="none"
    />
  );
}
