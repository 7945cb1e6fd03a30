'use client';

import { useVirtualizer } from '@tanstack/react-virtual';
import Link from 'next/link';
import { useEffect, useRef } from 'react';
import { paths } from '@/navigation/paths.ts';
import { linkLook } from '@/navigation/RefLink.tsx';
import { Badge } from '@/ui/Badge.tsx';
import { words } from '@/ui/numbers.ts';
import { scoreTexts } from '../score-texts.ts';
import type { SampleRow } from './use-samples.ts';

const COLUMNS =
  'grid grid-cols-[2rem_minmax(9rem,1fr)_3.5rem_minmax(8rem,1fr)_minmax(10rem,2fr)_minmax(10rem,2fr)]';
const WITH_CONDITION =
  'grid grid-cols-[2rem_minmax(9rem,1fr)_3.5rem_minmax(8rem,1fr)_minmax(9rem,1.5fr)_minmax(10rem,2fr)_minmax(10rem,2fr)]';
const ROW_HEIGHT = 40;

interface Props {
  run: string;
  rows: readonly SampleRow[];
  /** Whether the samples were judged under different conditions, so that each says under which. */
  manyConditions: boolean;
  total: number;
  chosen: ReadonlySet<string>;
  onChoose: (sample: SampleRow, chosen: boolean) => void;
  /** Asked when the last row that is there comes into sight. */
  onEnd: () => void;
}

/** A table of any length, of which only the rows in sight are drawn. Arrows move, Enter opens, Space chooses. */
export function SampleTable({ run, rows, manyConditions, total, chosen, onChoose, onEnd }: Props) {
  const columns = manyConditions ? WITH_CONDITION : COLUMNS;
  const width = manyConditions ? 'min-w-[60rem]' : 'min-w-[52rem]';
  const box = useRef<HTMLElement>(null);
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => box.current,
    estimateSize: () => ROW_HEIGHT,
    getItemKey: (index) => rows[index]?.id ?? index,
    overscan: 12,
  });
  const items = virtual.getVirtualItems();
  const last = items.at(-1)?.index ?? 0;
  useEffect(() => {
    if (rows.length < total && last >= rows.length - 10) onEnd();
  }, [last, rows.length, total, onEnd]);

  const move = (from: number, by: number) => {
    const to = Math.max(0, Math.min(rows.length - 1, from + by));
    virtual.scrollToIndex(to);
    requestAnimationFrame(() => box.current?.querySelector<HTMLElement>(`[data-row="${to}"] a`)?.focus());
  };

  return (
    <section
      ref={box}
      aria-label="Samples"
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
      tabIndex={0}
      className="relative max-h-[32rem] overflow-auto rounded-lg border border-line bg-surface text-sm"
    >
      <table className="grid" aria-rowcount={total + 1}>
        <thead className={`sticky top-0 z-10 grid ${width}`}>
          <tr
            className={`${columns} h-8 items-center border-b border-line bg-sunken text-xs font-medium text-ink-2`}
          >
            <th scope="col">
              <span className="sr-only">Chosen</span>
            </th>
            {headings(manyConditions).map((name) => (
              <th key={name} scope="col" className="px-2 text-left font-medium">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody className={`relative grid ${width}`} style={{ height: virtual.getTotalSize() }}>
          {items.map((item) => {
            const sample = rows[item.index];
            if (!sample) return null;
            return (
              <tr
                key={item.key}
                ref={virtual.measureElement}
                data-row={item.index}
                data-index={item.index}
                aria-rowindex={item.index + 2}
                className={`${columns} absolute inset-x-0 top-0 items-start border-b border-line py-1.5 hover:bg-sunken`}
                style={{ transform: `translateY(${item.start}px)` }}
                onKeyDown={(event) => {
                  const by = { ArrowDown: 1, j: 1, ArrowUp: -1, k: -1, PageDown: 10, PageUp: -10 }[event.key];
                  if (by === undefined) return;
                  event.preventDefault();
                  move(item.index, by);
                }}
              >
                <Row
                  run={run}
                  sample={sample}
                  manyConditions={manyConditions}
                  chosen={chosen.has(sample.id)}
                  onChoose={onChoose}
                />
              </tr>
            );
          })}
        </tbody>
      </table>
    </section>
  );
}

const headings = (manyConditions: boolean) => [
  'Sample',
  'Epoch',
  'Outcome',
  ...(manyConditions ? ['Condition'] : []),
  'Scores',
  'Target and error',
];

function Row(props: {
  run: string;
  sample: SampleRow;
  manyConditions: boolean;
  chosen: boolean;
  onChoose: Props['onChoose'];
}) {
  const { run, sample, chosen, onChoose } = props;
  const scores = scoreTexts(sample.scores);
  return (
    <>
      <td className="flex justify-center pt-0.5">
        <input
          type="checkbox"
          className="size-4 accent-accent"
          checked={chosen}
          onChange={(event) => onChoose(sample, event.target.checked)}
          aria-label={`Choose ${sample.sampleId}, epoch ${sample.epoch}`}
        />
      </td>
      <td className="min-w-0 px-2">
        <Link
          href={paths.evalSample(run, sample.sampleId, sample.epoch)}
          className={`${linkLook} block truncate font-mono text-xs`}
          title={sample.sampleId}
        >
          {sample.sampleId || '(no name)'}
        </Link>
      </td>
      <td className="px-2 tabular-nums">{sample.epoch}</td>
      <td className="flex min-w-0 flex-col gap-0.5 px-2">
        {sample.outcomes.map((one) => (
          <span key={one.behavior} className="truncate" title={`${one.behavior}: ${words(one.outcome)}`}>
            {one.outcome === 'EXHIBITED' ? <Badge tone="danger">Exhibited</Badge> : words(one.outcome)}{' '}
            <span className="text-xs text-ink-3">{one.behavior}</span>
          </span>
        ))}
        {sample.outcomes.length === 0 ? <span className="text-ink-3">not mapped</span> : null}
      </td>
      {props.manyConditions ? (
        <td className="min-w-0 px-2">
          {sample.conditions.length === 0 ? <span className="text-ink-3">not recorded</span> : null}
          {sample.conditions.map((name) => (
            <span key={name} className="block truncate" title={name}>
              {name}
            </span>
          ))}
        </td>
      ) : null}
      <td className="min-w-0 px-2">
        {scores.length === 0 ? <span className="text-ink-3">unscored</span> : null}
        {scores.map((score) => (
          <span key={score.name} className="block truncate" title={`${score.name} ${score.value}`}>
            <span className="text-ink-3">{score.name}</span> {score.value}
          </span>
        ))}
      </td>
      <td className="min-w-0 px-2">
        {sample.target ? <span className="block truncate">{sample.target}</span> : null}
        {sample.limitReached ? <Badge tone="warning">{`${sample.limitReached} limit`}</Badge> : null}
        {sample.error ? (
          <span className="line-clamp-2 text-xs break-words text-danger">Error: {sample.error}</span>
        ) : null}
      </td>
    </>
  );
}
