import { apartWords, missingWords, type RatePoint } from './rate-point.ts';

type Counted = Pick<RatePoint, 'unscored' | 'graderErrors' | 'excluded' | 'missingDataBounds'>;

/** What was left out of n, because unscored is never "not exhibited", and how far it could have moved the rate. */
export function LeftOut({ of }: { of: Counted }) {
  const apart = apartWords(of);
  const missing = missingWords(of);
  if (apart === '') return null;
  return (
    <>
      <span className="block">{apart}</span>
      {missing ? <span className="block min-w-60 text-pretty">{missing}</span> : null}
    </>
  );
}
