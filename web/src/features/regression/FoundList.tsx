import type { RegressionFoundFragment } from '@/graphql/generated/graphql.ts';
import { RefLink } from '@/navigation/RefLink.tsx';
import { Percent } from '@/ui/Figure.tsx';
import { VerdictMark } from './VerdictMark.tsx';
import { foundWords, whyWords } from './verdict-words.ts';

/** What a rule would say of what is recorded already: how many hits, and each measurement that was looked at. */
export function FoundList(props: { found: RegressionFoundFragment; busy: boolean; label: string }) {
  const { outcomes, matching } = props.found;
  return (
    <div aria-live="polite" aria-busy={props.busy} className="flex flex-col gap-3 text-sm">
      <p className="font-medium">{foundWords(outcomes, matching)}</p>
      <ul className="flex max-h-[28rem] flex-col gap-2 overflow-y-auto" aria-label={props.label}>
        {outcomes.map((one) => (
          <li key={one.measurement.id} className="border-t border-line pt-2 first:border-0 first:pt-0">
            <div className="flex flex-wrap items-baseline gap-x-2">
              <VerdictMark verdict={one.verdict} />
              <RefLink refOf={one.measurement.evalRun.ref}>{one.measurement.evalRun.label}</RefLink>
              <Percent value={one.measurement.rate} qualifier={one.measurement.qualifier} />
            </div>
            <p className="text-xs break-words text-ink-2">
              {[one.measurement.evalRun.modelVersion.label, one.measurement.condition?.name, whyWords(one)]
                .filter(Boolean)
                .join(' · ')}
            </p>
          </li>
        ))}
      </ul>
    </div>
  );
}
