const HEIGHT = 18;

/** A mark on a small axis, with its interval as a whisker; hollow without one, and no mark where there is no value. */
export function MarkOnAxis(props: {
  width: number;
  /** From a value to its place. */
  x: (value: number) => number;
  ends: readonly [number, number];
  ticks: readonly number[];
  /** A value that the others are read against, drawn higher than a tick. */
  against?: number;
  value: number | null;
  interval: { lower: number; upper: number } | null;
  spoken: string;
}) {
  const { width, x, ends, ticks, against, value, interval } = props;
  return (
    <svg
      width={width}
      height={HEIGHT}
      viewBox={`0 0 ${width} ${HEIGHT}`}
      role="img"
      aria-label={props.spoken}
      className="max-w-full"
    >
      <line x1={x(ends[0])} x2={x(ends[1])} y1="9" y2="9" stroke="var(--line)" />
      {ticks.map((tick) => (
        <line key={tick} x1={x(tick)} x2={x(tick)} y1="6" y2="12" stroke="var(--line-strong)" />
      ))}
      {against === undefined ? null : (
        <line x1={x(against)} x2={x(against)} y1="1" y2="17" stroke="var(--ink-3)" />
      )}
      {interval ? (
        <rect
          x={x(interval.lower)}
          y="6.5"
          width={Math.max(1, x(interval.upper) - x(interval.lower))}
          height="5"
          rx="2.5"
          fill="var(--accent)"
          opacity="0.35"
        />
      ) : null}
      {value === null ? null : (
        <circle
          cx={x(value)}
          cy="9"
          r="4"
          fill={interval ? 'var(--accent)' : 'var(--surface)'}
          stroke="var(--accent)"
          strokeWidth="1.75"
        />
      )}
    </svg>
  );
}
