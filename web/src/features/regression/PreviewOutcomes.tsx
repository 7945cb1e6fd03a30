'use client';

import { useGraphQL } from '@/graphql/browser.ts';
import type { RegressionRuleDefinitionInput } from '@/graphql/generated/graphql.ts';
import { RefLink } from '@/navigation/RefLink.tsx';
import { Percent } from '@/ui/Figure.tsx';
import { Notice } from '@/ui/Notice.tsx';
import { plural } from '@/ui/numbers.ts';
import { PREVIEW } from './regression-documents.ts';
import { VerdictMark } from './VerdictMark.tsx';
import { whyWords } from './verdict-words.ts';

/** What a rule would have said of what is recorded already. Nothing is written. */
export function PreviewOutcomes(props: { definition: RegressionRuleDefinitionInput | null; may: boolean }) {
  const { data, error, isFetching } = useGraphQL(
    PREVIEW,
    { definition: props.definition ?? { behavior: '', modelFamily: '', kind: 'THRESHOLD' } },
    { enabled: props.may && props.definition !== null, keepPrevious: true },
  );
  if (!props.may)
    return (
      <p className="text-sm text-ink-3">Investigators and administrators see here what it would have hit.</p>
    );
  if (props.definition === null)
    return <p className="text-sm text-ink-3">Say what it looks at, to see what it would have hit.</p>;
  if (error)
    return (
      <Notice tone="warning" role="alert">
        {error.message}
      </Notice>
    );
  if (!data) return <p className="text-sm text-ink-3">Looking…</p>;
  const { outcomes } = data.regressionPreview;
  const hits = outcomes.filter(({ verdict }) => verdict === 'HIT').length;
  return (
    <div aria-live="polite" aria-busy={isFetching} className="flex flex-col gap-3 text-sm">
      <p className="font-medium">
        {outcomes.length === 0
          ? 'Nothing recorded is what it is about.'
          : `${plural(hits, 'hit')} of the ${plural(outcomes.length, 'newest measurement')}`}
      </p>
      <ul className="flex max-h-[28rem] flex-col gap-2 overflow-y-auto" aria-label="What it would have said">
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
