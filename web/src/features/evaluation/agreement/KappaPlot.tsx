import { coefficient, coefficientRange } from './agreement-words.ts';

const WIDTH = 160;
const x = (value: number) => 6 + ((Math.max(-1, Math.min(1, value)) + 1) / 2) * (WIDTH - 12);

/** A coefficient on −1 to 1, where 0 is what chance would give, with its interval as a whisker; hollow without one. */
export function KappaPlot(props: {
  kappa: number;
  interval?: { lower: number; upper: number } | null;
  label: string;
}) {
  const { kappa, interval } = props;
  return (
    <svg
      width={WIDTH}
      height="18"
      viewBox={`0 0 ${WIDTH} 18`}
      role="img"
      aria-label={`${props.label}: ${coefficient(kappa)}, ${interval ? `interval ${coefficientRange(interval)}` : 'no interval'}`}
      className="max-w-full"
    >
      <line x1={x(-1)} x2={x(1)} y1="9" y2="9" stroke="var(--line)" />
      {[-1, -0.5, 0.5, 1].map((tick) => (
        <line key={tick} x1={x(tick)} x2={x(tick)} y1="6" y2="12" stroke="var(--line-strong)" />
      ))}
      <line x1={x(0)} x2={x(0)} y1="1" y2="17" stroke="var(--ink-3)" />
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
      <circle
        cx={x(kappa)}
        cy="9"
        r="4"
        fill={interval ? 'var(--accent)' : 'var(--surface)'}
        stroke="var(--accent)"
        strokeWidth="1.75"
      />
    </svg>
  );
}
