import { Unknown } from '../../ui/Figure.tsx';
import { apartWords, countWords, type RatePoint } from './rate-point.ts';

type Counted = Pick<RatePoint, 'exhibited' | 'sampleCount' | 'unscored' | 'graderErrors' | 'excluded'>;

/** k of n, and below it what was left out of n, because unscored is never "not exhibited". */
export function SampleCounts({ of }: { of: Counted }) {
  const counts = countWords(of);
  const apart = apartWords(of);
  return (
    <>
      <span className="whitespace-nowrap">{counts ?? <Unknown what="n not stated" />}</span>
      {apart ? <span className="block text-xs text-ink-3">{apart}</span> : null}
    </>
  );
}
