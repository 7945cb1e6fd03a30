import { type Cause, type Counts, keyOf, liftOf, nameOf, pOf, STATE_WORDS } from './cause-words.ts';
import { LiftPlot, LiftScale, place } from './LiftPlot.tsx';

const GRID =
  'grid grid-cols-1 items-center gap-x-4 gap-y-1 md:grid-cols-[minmax(9rem,14rem)_360px_minmax(0,1fr)]';
const fraction = ({ exposed, of }: Counts): string => `${exposed} of ${of}`;
/** The picture shows where to look; the table has all. */
const DRAWN = 40;

/** How much more often each is behind the incidents than behind the others. */
export function CausePicture({ causes }: { causes: readonly Cause[] }) {
  const all = causes.filter((cause) => place(cause) !== null);
  const drawn = all.slice(0, DRAWN);
  if (drawn.length === 0) return null;
  return (
    <figure className="rounded-lg border border-line bg-surface px-4 py-3">
      <figcaption className="mb-2 text-sm text-ink-2">
        How many times as often the incidents’ model versions are exposed: filled where chance does not
        explain it, hollow where it may, an arrow where it is more than can be drawn.
      </figcaption>
      <div className={GRID}>
        <span className="max-md:hidden" />
        <LiftScale />
      </div>
      <ul className="flex flex-col gap-3 md:gap-1">
        {drawn.map((cause) => (
          <li key={keyOf(cause)} className={GRID}>
            <span className="text-sm font-medium break-words">{nameOf(cause)}</span>
            <LiftPlot cause={cause} />
            <span className="text-xs text-ink-2">
              {liftOf(cause)}: {fraction(cause.modelVersions)}, others {fraction(cause.others)}
              {cause.correctedPValue === null ? '' : `, corrected p ${pOf(cause.correctedPValue)}`}
              <span className="text-ink-3"> · {STATE_WORDS[cause.state]}</span>
            </span>
          </li>
        ))}
      </ul>
      {all.length > drawn.length ? (
        <p className="mt-2 text-xs text-ink-3">
          The first {drawn.length} of {all.length}: the table has the others too.
        </p>
      ) : null}
    </figure>
  );
}
