import Link from 'next/link';
import { Unanswered } from '@/graphql/Unanswered.tsx';
import { paths } from '@/navigation/paths.ts';
import { textLinkLook } from '@/navigation/RefLink.tsx';
import { EmptyState } from '@/ui/EmptyState.tsx';
import { RateDots } from '../rates/RateDots.tsx';
import { RateOverTime } from '../rates/RateOverTime.tsx';
import { loadRates } from './load-rates.ts';

/** The rates of a behaviour as pictures: over time where releases are recorded, and by model version. */
export async function BehaviorRates({ name, title }: { name: string; title: string }) {
  const rates = await loadRates(name);
  if ('kind' in rates) return <Unanswered answer={rates} what="The rates" />;
  const { points, totalCount } = rates;
  if (points.length === 0) {
    return (
      <EmptyState kind="none" title="Nothing has been measured">
        A rate appears here once an eval run that measures this behaviour is recorded or imported.
      </EmptyState>
    );
  }
  const cut =
    totalCount > points.length
      ? [`The ${points.length} newest recorded of ${totalCount} measurements are drawn.`]
      : [];
  const file = `rates-${name.replace(/[^\w.-]+/g, '-')}`;
  return (
    <div className="flex flex-col gap-4">
      <RateOverTime points={points} of={title} file={`${file}-over-time`} remarks={cut} />
      <RateDots
        title={`${title}: rate by model version`}
        note="By evaluation version and condition. Only rates that are comparable stand on one axis."
        points={points}
        file={`${file}-by-model-version`}
        remarks={cut}
      />
      <p className="text-sm">
        <Link href={paths.dose(name)} className={textLinkLook}>
          Dose against response
        </Link>{' '}
        <span className="text-ink-2">draws these rates against what the model versions were exposed to.</span>
      </p>
    </div>
  );
}
