import { MarkOnAxis } from './MarkOnAxis.tsx';
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
    <MarkOnAxis
      width={width}
      x={x}
      ends={[0, 1]}
      ticks={[0, 0.25, 0.5, 0.75, 1]}
      value={rate}
      interval={interval ?? null}
      spoken={spoken}
    />
  );
}
