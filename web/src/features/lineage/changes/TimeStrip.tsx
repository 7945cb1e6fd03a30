'use client';

import { X } from 'lucide-react';
import { type CSSProperties, useEffect, useRef, useState } from 'react';
import { endOfDay } from '@/navigation/as-of.ts';
import { Button } from '@/ui/Button.tsx';
import { Field, Input } from '@/ui/Field.tsx';
import { exactMoment } from '@/ui/numbers.ts';
import { type Stop, stopAt } from './moments.ts';

/** How long the slider must stand still before the lineage is asked for, in ms. */
const SETTLES = 350;

export type TimeStripProps = {
  stops: Stop[];
  asOf: string | null;
  since: string | null;
  /** The moment that the answer on screen holds for. */
  answered: string;
  onAsOf: (at: string | null) => void;
  onSince: (at: string | null) => void;
  onClose: () => void;
};

/** The lineage as known on any moment of record, by slider or by date, and compared with an earlier one. */
export function TimeStrip(props: TimeStripProps) {
  const { stops, asOf, since } = props;
  const last = stops.length - 1;
  const choose = (index: number) => props.onAsOf(index >= last ? null : (stops[index]?.at ?? null));
  const from = (index: number) =>
    props.onSince(index < 0 ? before(stops[0]?.at ?? props.answered) : (stops[index]?.at ?? null));
  return (
    <section aria-label="Moments" className="rounded-lg border border-line bg-surface p-3 text-sm">
      <div className="flex items-start gap-3">
        <div className="grid min-w-0 flex-1 gap-3 md:grid-cols-[minmax(0,1fr)_auto] md:items-end md:gap-6">
          <div className="flex min-w-0 flex-col gap-2">
            <Histogram
              stops={stops}
              upTo={stopAt(stops, asOf)}
              since={since === null ? null : stopAt(stops, since)}
            />
            <Slider
              label="As known on"
              value={stopAt(stops, asOf)}
              least={0}
              most={last}
              text={(i) => (i >= last ? 'now' : exactMoment(stops[i]?.at ?? ''))}
              onSettle={choose}
              why={stops.length < 2 ? 'Everything here was recorded at one moment.' : null}
            />
            {since === null ? null : (
              <Slider
                label="Compared with"
                value={stopAt(stops, since)}
                least={-1}
                most={last}
                text={(i) => (i < 0 ? 'before any of it was recorded' : exactMoment(stops[i]?.at ?? ''))}
                onSettle={from}
                why={null}
              />
            )}
          </div>
          <form
            key={asOf}
            className="flex flex-wrap items-end gap-2"
            onSubmit={(event) => {
              event.preventDefault();
              const day = new FormData(event.currentTarget).get('day');
              props.onAsOf(typeof day === 'string' && day ? endOfDay(day) : null);
            }}
          >
            <Field label="Or at the end of a day (UTC)">
              <Input type="date" name="day" defaultValue={asOf?.slice(0, 10) ?? ''} className="w-40" />
            </Field>
            <Button type="submit">Show</Button>
            <Button
              onClick={() => props.onAsOf(null)}
              disabledReason={asOf ? null : 'It is shown as known now.'}
            >
              Now
            </Button>
          </form>
        </div>
        <Button
          look="quiet"
          size="icon"
          aria-label="Close the moments"
          onClick={props.onClose}
          className="-mt-1 -mr-1"
        >
          <X aria-hidden />
        </Button>
      </div>
      <div className="mt-2 flex flex-wrap items-center gap-x-3 gap-y-1.5">
        <p className="text-xs text-ink-2">This answer holds for {exactMoment(props.answered)}.</p>
        <Button
          size="sm"
          className="ml-auto"
          aria-pressed={since !== null}
          onClick={() => (since === null ? from(Math.max(-1, stopAt(stops, asOf) - 1)) : props.onSince(null))}
        >
          {since === null ? 'What changed…' : 'Don’t compare'}
        </Button>
      </div>
    </section>
  );
}

const before = (at: string): string => new Date(Date.parse(at) - 1).toISOString();

function Slider(props: {
  label: string;
  value: number;
  least: number;
  most: number;
  text: (value: number) => string;
  onSettle: (value: number) => void;
  why: string | null;
}) {
  const [moving, setMoving] = useState<number | null>(null);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);
  const shown = moving ?? props.value;
  const move = (to: number) => {
    setMoving(to);
    clearTimeout(timer.current);
    timer.current = setTimeout(() => {
      setMoving(null);
      props.onSettle(to);
    }, SETTLES);
  };
  return (
    <label className="flex flex-col gap-0.5">
      <span className="flex flex-wrap justify-between gap-x-3">
        <span className="font-medium">{props.label}</span>
        <span className="text-ink-2" aria-hidden="true">
          {props.text(shown)}
        </span>
      </span>
      <input
        type="range"
        min={props.least}
        max={Math.max(props.least, props.most)}
        step={1}
        value={shown}
        disabled={props.why !== null}
        title={props.why ?? undefined}
        aria-valuetext={props.text(shown)}
        className="h-6 w-full accent-(--accent) disabled:opacity-50"
        onChange={(event) => move(Number(event.target.value))}
      />
    </label>
  );
}

/** How much was recorded at each moment: what is not yet known on the chosen one is pale. */
function Histogram({ stops, upTo, since }: { stops: Stop[]; upTo: number; since: number | null }) {
  const most = Math.max(1, ...stops.map((s) => s.count));
  const tone = (index: number): string => {
    if (index > upTo) return 'bg-line-strong/60';
    return since !== null && index > since ? 'bg-success' : 'bg-accent/60';
  };
  return (
    <div aria-hidden="true" className="flex h-9 items-end gap-px px-1.5">
      {stops.map((stop, index) => (
        <span
          key={stop.at}
          className={`min-w-px flex-1 rounded-t-xs ${tone(index)}`}
          style={{ height: `${Math.max(8, Math.sqrt(stop.count / most) * 100)}%` } as CSSProperties}
        />
      ))}
    </div>
  );
}
