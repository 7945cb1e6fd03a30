import { percent } from './numbers.ts';

export interface IntervalPlotProps {
  rate: number | null;
  interval?: { lower: number; upper: number } | null;
  label: string;
  width?: number;
}

/** One dot on 0 to 100 %, with its interval as a whisker. No interval: a hollow dot alone. */
export function IntervalPlot({ rate, interval, label, width = 160 }: IntervalPlotProps) {
  const x = (share: number) => 6 + share * (width - 12);
  const spoken =
    rate === null
      ? `${label}: no rate`
      : `${label}: ${percent(rate)}${interval ? `, interval ${percent(interval.lower)} to ${percent(interval.upper)}` : ', no interval'}`;
  return (
    <svg
      width={width}
      height="18"
      viewBox={`0 0 ${width} 18`}
      role="img"
      aria-label={spoken}
      className="max-w-full"
    >
      <line x1={x(0)} x2={x(1)} y1="9" y2="9" stroke="var(--line)" />
      {[0, 0.25, 0.5, 0.75, 1].map((tick) => (
        <line key={tick} x1={x(tick)} x2={x(tick)} y1="6" y2="12" stroke="var(--line-strong)" />
      ))}
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
      {rate === null ? null : (
        <circle
          cx={x(rate)}
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
