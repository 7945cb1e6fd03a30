import { Unknown } from '../../ui/Figure.tsx';
import { LeftOut } from './LeftOut.tsx';
import { apartWords, countWords, type RatePoint } from './rate-point.ts';

type Counted = Pick<
  RatePoint,
  'exhibited' | 'sampleCount' | 'unscored' | 'graderErrors' | 'excluded' | 'missingDataBounds'
>;

/** k of n, and below it what was left out of n. */
export function SampleCounts({ of }: { of: Counted }) {
  return (
    <>
      <span className="whitespace-nowrap">{countWords(of) ?? <Unknown what="n not stated" />}</span>
      {apartWords(of) ? (
        <span className="block text-xs text-ink-3">
          <LeftOut of={of} />
        </span>
      ) : null}
    </>
  );
}
