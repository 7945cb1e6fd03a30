import type { ComparedRatesFragment } from '@/graphql/generated/graphql.ts';
import { Badge, type Tone } from '@/ui/Badge.tsx';
import { Facts, Percent, Unknown } from '@/ui/Figure.tsx';
import {
  apartWords,
  countWords,
  graderWords,
  intervalWords,
  missingWords,
  type RatePoint,
} from '../rates/rate-point.ts';
import {
  boundsWords,
  differenceWords,
  pairedWords,
  pairingWords,
  pWords,
  VERDICTS,
  type Verdict,
} from './comparison-words.ts';

const TONES: Record<Verdict, Tone> = {
  DEMONSTRATED_DIFFERENCE: 'accent',
  NO_DEMONSTRATED_DIFFERENCE: 'neutral',
  NOT_COMPARABLE: 'warning',
  CANNOT_BE_TESTED: 'neutral',
};

/** One behaviour under one condition, in two eval runs: what is shown, by which test, and what must be true for it. */
export function ComparisonCard({
  row,
  names,
}: {
  row: ComparedRatesFragment;
  names: readonly [string, string];
}) {
  const difference = differenceWords(row);
  return (
    <li className="break-inside-avoid rounded-lg border border-line bg-surface p-4">
      <div className="flex flex-wrap items-baseline gap-x-3 gap-y-1">
        <h3 className="font-semibold">
          {row.one.behavior.title}
          <span className="font-normal text-ink-2">
            {' '}
            · {row.one.condition?.name ?? 'condition not stated'}
          </span>
        </h3>
        <Badge tone={TONES[row.verdict]}>{VERDICTS[row.verdict]}</Badge>
      </div>
      {row.verdict === 'NO_DEMONSTRATED_DIFFERENCE' ? (
        <p className="mt-1 text-sm text-ink-2">
          That none is demonstrated does not show that there is none: the interval says what is still
          possible.
        </p>
      ) : null}
      <Differences row={row} />
      <div className="mt-3 grid gap-x-10 gap-y-4 lg:grid-cols-2">
        <Facts
          items={[
            { name: names[0], value: <Side row={row} point={row.one} rate={row.rateOne} /> },
            { name: names[1], value: <Side row={row} point={row.two} rate={row.rateTwo} /> },
            { name: 'Difference', value: difference ?? <Unknown what="none is given" /> },
            ...(boundsWords(row.missingDataBounds)
              ? [{ name: 'If all were scored', value: boundsWords(row.missingDataBounds) }]
              : []),
          ]}
        />
        <Facts
          items={[
            { name: 'Test', value: row.test ?? <Unknown what="none" /> },
            { name: 'p', value: pWords(row.pValue) ?? <Unknown what="none" /> },
            ...(pWords(row.midPValue) ? [{ name: 'Mid-p', value: pWords(row.midPValue) }] : []),
            ...(pWords(row.correctedPValue)
              ? [
                  {
                    name: 'Corrected p',
                    value: `${pWords(row.correctedPValue)} (${row.correction ?? 'corrected'})`,
                  },
                ]
              : []),
            { name: 'Pairing', value: pairingWords(row) },
          ]}
        />
      </div>
      <Sentences title="What must be true for this" sentences={row.assumptions} />
    </li>
  );
}

function Differences({ row }: { row: ComparedRatesFragment }) {
  const { differences, unknowns } = row.comparability;
  return (
    <>
      {differences.length ? (
        <Sentences
          title={row.comparability.comparable ? 'What differs' : 'Not comparable, because these differ'}
          sentences={differences}
        />
      ) : null}
      {unknowns.length ? <Sentences title="Not recorded, so it may differ" sentences={unknowns} /> : null}
    </>
  );
}

/** The rate that is compared with the k of n that it is of; where these are paired items, the whole run's below it. */
function Side({ row, point, rate }: { row: ComparedRatesFragment; point: RatePoint; rate?: number | null }) {
  const paired = pairedWords(row, rate);
  return (
    <>
      {paired === null ? (
        <Whole point={point} />
      ) : (
        <>
          <Percent value={rate} />
          <span className="text-ink-2"> · {paired}</span>
          <span className="block text-xs">
            <span className="text-ink-2">whole run: </span>
            <Whole point={point} />
          </span>
        </>
      )}
      <span className="block text-xs text-ink-3">judged by {graderWords(point)}</span>
    </>
  );
}

function Whole({ point }: { point: RatePoint }) {
  const counts = countWords(point);
  const apart = apartWords(point);
  const missing = missingWords(point);
  return (
    <>
      <Percent value={point.rate} qualifier={point.qualifier} unknown="not scored" />
      <span className="text-ink-2">
        {counts ? ` · ${counts}` : ' · n not stated'}
        {apart ? ` · ${apart}` : ''}
      </span>
      <span className="block text-xs text-ink-2">
        {intervalWords(point)}
        {point.interval ? `: ${point.interval.method}` : ''}
      </span>
      {missing ? <span className="block text-xs text-ink-2">{missing}</span> : null}
    </>
  );
}

function Sentences({ title, sentences }: { title: string; sentences: readonly string[] }) {
  if (sentences.length === 0) return null;
  return (
    <div className="mt-3 text-sm">
      <p className="text-xs font-medium text-ink-3">{title}</p>
      <ul className="mt-0.5 flex list-disc flex-col gap-0.5 pl-5 text-ink-2">
        {sentences.map((one) => (
          <li key={one}>{one}</li>
        ))}
      </ul>
    </div>
  );
}
