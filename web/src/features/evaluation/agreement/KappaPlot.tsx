import { MarkOnAxis } from '@/ui/MarkOnAxis.tsx';
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
    <MarkOnAxis
      width={WIDTH}
      x={x}
      ends={[-1, 1]}
      ticks={[-1, -0.5, 0.5, 1]}
      against={0}
      value={kappa}
      interval={interval ?? null}
      spoken={`${props.label}: ${coefficient(kappa)}, ${interval ? `interval ${coefficientRange(interval)}` : 'no interval'}`}
    />
  );
}
