import type { ReactNode } from 'react';
import { compact, day, exactPercent, grouped, moment, percent, size } from './numbers.ts';

/** What nobody recorded, said so. `what` is `not recorded` unless told (`not stated`, `not published`). */
export function Unknown({ what = 'not recorded' }: { what?: string }) {
  return <span className="text-ink-3">{what}</span>;
}

/** The same in place of a figure, which stays on one line as the figure would. */
function UnknownFigure({ what }: { what?: string }) {
  return (
    <span className="whitespace-nowrap">
      <Unknown what={what} />
    </span>
  );
}

export type QualifierName = 'EXACT' | 'APPROXIMATE' | 'AT_MOST' | 'AT_LEAST';

const PREFIX: Record<QualifierName, string> = { EXACT: '', APPROXIMATE: '≈ ', AT_MOST: '≤ ', AT_LEAST: '≥ ' };

/** A share or rate of 0 to 1 as a percentage, its exact value in the title. */
export function Percent(props: {
  value: number | null | undefined;
  qualifier?: QualifierName;
  unknown?: string;
}) {
  if (props.value === null || props.value === undefined) return <UnknownFigure what={props.unknown} />;
  return (
    <span className="whitespace-nowrap" title={exactPercent(props.value)}>
      {PREFIX[props.qualifier ?? 'EXACT']}
      {percent(props.value)}
    </span>
  );
}

/** A share, or the range it lies in where assertions differ. */
export function ShareRange({ lower, upper }: { lower: number | null; upper?: number | null }) {
  if (lower === null) return <Unknown what="amount unknown" />;
  if (upper === null || upper === undefined || upper === lower) return <Percent value={lower} />;
  return (
    <span className="whitespace-nowrap">
      <Percent value={lower} />–<Percent value={upper} />
    </span>
  );
}

/** A large count (tokens, documents) in short, with every digit in the title. */
export function Count(props: {
  value: string | number | null | undefined;
  of?: string;
  unknown?: ReactNode;
}) {
  if (props.value === null || props.value === undefined) return props.unknown ?? <UnknownFigure />;
  return (
    <span className="whitespace-nowrap" title={`${grouped(props.value)}${props.of ? ` ${props.of}` : ''}`}>
      {compact(props.value)}
      {props.of ? ` ${props.of}` : ''}
    </span>
  );
}

/** How large a file is: `335.8 kB`, with every byte in the title. */
export function Size({ bytes }: { bytes: string | number }) {
  return (
    <span className="whitespace-nowrap" title={`${grouped(bytes)} bytes`}>
      {size(bytes)}
    </span>
  );
}

/** `90.2–98.4%`, with level and method in the title; says why there is none. */
export function IntervalText(props: {
  interval: { lower: number; upper: number; level: number; method: string } | null | undefined;
  sampleCount?: number | null;
}) {
  const { interval } = props;
  if (!interval) {
    return <Unknown what={props.sampleCount ? 'no interval' : 'no interval: n not stated'} />;
  }
  return (
    <span
      className="whitespace-nowrap text-ink-2"
      title={`${percent(interval.level)} interval, ${interval.method}: ${exactPercent(interval.lower)} to ${exactPercent(interval.upper)}`}
    >
      {percent(interval.lower).replace('%', '')}–{percent(interval.upper)}
    </span>
  );
}

export function Day({ value, unknown }: { value: string | null | undefined; unknown?: string }) {
  if (!value) return <UnknownFigure what={unknown} />;
  return (
    <time dateTime={value} title={moment(value)} className="whitespace-nowrap">
      {day(value)}
    </time>
  );
}

/** A day, with the time of day where it matters when. */
export function Moment({ value, unknown }: { value: string | null | undefined; unknown?: string }) {
  if (!value) return <UnknownFigure what={unknown} />;
  return (
    <time dateTime={value} className="whitespace-nowrap">
      {moment(value)}
    </time>
  );
}

type Fact = { name: string; value: ReactNode };

/** Name and value pairs, as a page's facts. */
export function Facts({ items }: { items: readonly Fact[] }) {
  return (
    <dl className="grid grid-cols-[minmax(6rem,auto)_minmax(50%,1fr)] content-start gap-x-4 gap-y-1.5 text-sm">
      {items.map((item) => (
        <div key={item.name} className="contents">
          <dt className="wrap-anywhere text-ink-3">{item.name}</dt>
          <dd className="min-w-0 break-words">{item.value}</dd>
        </div>
      ))}
    </dl>
  );
}

/** The same side by side where there is room: the facts at the head of a page of its own. */
export function PageFacts({ items }: { items: readonly Fact[] }) {
  return (
    <dl className="grid gap-x-10 gap-y-1.5 text-sm md:grid-cols-2 xl:grid-cols-3">
      {items.map((item) => (
        <div key={item.name} className="grid grid-cols-[6rem_minmax(0,1fr)] gap-x-4">
          <dt className="text-ink-3">{item.name}</dt>
          <dd className="min-w-0 break-words">{item.value}</dd>
        </div>
      ))}
    </dl>
  );
}
