import { RefLink } from '@/navigation/RefLink.tsx';
import { percent, plural } from '@/ui/numbers.ts';
import { barsOf, type DiffRow, type DiffStage, pointsText, rowLabel, rowRef } from './mixture-rows.ts';

/** Longer lists are in the table; the largest differences are what is looked for. */
const SHOWN = 25;

/** The differences of a stage as bars around a middle: to the left what there is less of, to the right what more. */
export function DiffBars({ stage, from, to }: { stage: DiffStage; from: string; to: string }) {
  const { bars, same, unknown } = barsOf(stage);
  const rest = [
    bars.length > SHOWN ? `${plural(bars.length - SHOWN, 'smaller difference')}` : '',
    same ? `${plural(same, 'group')} with the same share in both` : '',
    unknown ? `${plural(unknown, 'group')} that can’t be compared` : '',
  ].filter(Boolean);
  if (bars.length === 0) {
    return (
      <p className="rounded-lg border border-line bg-surface px-3.5 py-2.5 text-sm text-ink-2">
        {unknown ? `No share is known to differ: ${rest.join(', ')}.` : `No difference: ${rest.join(', ')}.`}
      </p>
    );
  }
  return (
    <figure className="rounded-lg border border-line bg-surface p-3.5 text-sm">
      <div
        aria-hidden="true"
        className="mb-1.5 hidden text-xs text-ink-3 sm:grid sm:grid-cols-[13rem_minmax(0,1fr)_5rem] sm:gap-3"
      >
        <span />
        <span className="flex justify-between gap-3">
          <span className="truncate">more in {from}</span>
          <span className="truncate">more in {to}</span>
        </span>
        <span className="text-right">points</span>
      </div>
      <ul className="flex flex-col gap-2 sm:gap-1">
        {bars.slice(0, SHOWN).map((row) => (
          <Bar key={`${row.unaccounted} ${rowRef(row) ?? rowLabel(row)}`} row={row} largest={stage.largest} />
        ))}
      </ul>
      <figcaption className="mt-2 text-xs text-ink-3">
        {rest.length ? `Besides: ${rest.join(', ')}.` : 'All of it is shown.'}
      </figcaption>
    </figure>
  );
}

function Bar({ row, largest }: { row: DiffRow & { difference: number }; largest: number }) {
  const { difference, unaccounted } = row;
  const ref = rowRef(row);
  const width = largest > 0 ? (Math.abs(difference) / largest) * 50 : 0;
  const tone = unaccounted ? 'hatched border border-line-strong' : difference < 0 ? 'bg-cat-5' : 'bg-cat-1';
  return (
    <li className="grid grid-cols-[minmax(0,1fr)_auto] items-center gap-x-3 sm:grid-cols-[13rem_minmax(0,1fr)_5rem]">
      <span className="min-w-0 truncate" title={rowLabel(row)}>
        {ref ? (
          <RefLink refOf={ref} className="inline-block py-1">
            {rowLabel(row)}
          </RefLink>
        ) : (
          rowLabel(row)
        )}
      </span>
      <span aria-hidden="true" className="relative order-last col-span-2 h-5 sm:order-none sm:col-span-1">
        <span className="absolute inset-y-0 left-1/2 w-px bg-line-strong" />
        <span
          className={`absolute inset-y-0.5 min-w-0.5 rounded-sm ${tone}`}
          style={{ width: `${width}%`, left: difference < 0 ? `${50 - width}%` : '50%' }}
        />
      </span>
      <span className="text-right whitespace-nowrap">
        <span className="font-medium">{pointsText(difference)}</span>
        <span className="sr-only">
          {' '}
          points, from {share(row.from)} to {share(row.to)}
        </span>
      </span>
    </li>
  );
}

const share = (value: number | null): string => (value === null ? 'none' : percent(value));
