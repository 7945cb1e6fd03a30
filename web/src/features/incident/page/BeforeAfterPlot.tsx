import { percent } from '@/ui/numbers.ts';

type Range = { lower: number; upper: number } | null | undefined;

/** Before (hollow) over after (full) on 0 to 100 %. A line joins them only where they may be compared. */
export function BeforeAfterPlot(props: {
  label: string;
  before: number | null;
  after: number | null;
  beforeInterval?: Range;
  afterInterval?: Range;
  joined: boolean;
}) {
  const { before, after, joined } = props;
  const width = 160;
  const x = (share: number) => 6 + Math.min(1, Math.max(0, share)) * (width - 12);
  const say = (share: number | null) => (share === null ? 'not known' : percent(share));
  const whisker = (range: Range, y: number) =>
    range ? (
      <line
        x1={x(range.lower)}
        x2={x(range.upper)}
        y1={y}
        y2={y}
        stroke="var(--accent)"
        strokeWidth="4"
        strokeLinecap="round"
        opacity="0.3"
      />
    ) : null;
  return (
    <svg
      width={width}
      height="32"
      viewBox={`0 0 ${width} 32`}
      role="img"
      aria-label={`${props.label}: before ${say(before)}, after ${say(after)}${joined ? '' : '; not shown as one series'}`}
    >
      {[9, 23].map((y) => (
        <line key={y} x1={x(0)} x2={x(1)} y1={y} y2={y} stroke="var(--line)" />
      ))}
      {[0, 0.5, 1].map((tick) => (
        <line key={tick} x1={x(tick)} x2={x(tick)} y1="4" y2="28" stroke="var(--line)" />
      ))}
      {joined && before !== null && after !== null ? (
        <line x1={x(before)} y1="9" x2={x(after)} y2="23" stroke="var(--accent)" strokeWidth="1.25" />
      ) : null}
      {whisker(props.beforeInterval, 9)}
      {whisker(props.afterInterval, 23)}
      {before === null ? null : (
        <circle cx={x(before)} cy="9" r="4" fill="var(--surface)" stroke="var(--accent)" strokeWidth="1.75" />
      )}
      {after === null ? null : <circle cx={x(after)} cy="23" r="4.5" fill="var(--accent)" />}
    </svg>
  );
}
