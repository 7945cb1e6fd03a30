'use client';

import { useGraphQL } from '@/graphql/browser.ts';
import type { ScoringDefinitionInput, ScoringPreviewQuery } from '@/graphql/generated/graphql.ts';
import { Notice } from '@/ui/Notice.tsx';
import { grouped, percent } from '@/ui/numbers.ts';
import { PREVIEW } from './scoring-documents.ts';

type Outcome = ScoringPreviewQuery['scoringPreview']['outcomes'][number];

/** What a rule would count on a run, asked for anew whenever either changes. Nothing is written. */
export function PreviewCounts(props: {
  evalRun: string;
  definition?: ScoringDefinitionInput | null;
  version?: string | null;
}) {
  const asked = props.evalRun !== '' && (props.definition || props.version);
  const { data, error, isFetching } = useGraphQL(
    PREVIEW,
    {
      evalRun: props.evalRun,
      definition: props.definition ?? null,
      scoringRuleVersion: props.version ?? null,
    },
    { enabled: Boolean(asked), keepPrevious: true },
  );
  if (!asked)
    return (
      <p className="text-sm text-ink-3">Choose a run, and say what the values mean, to see what it counts.</p>
    );
  if (error)
    return (
      <Notice tone="warning" role="alert">
        {error.message}
      </Notice>
    );
  if (!data) return <p className="text-sm text-ink-3">Counting…</p>;
  const { problem, outcomes } = data.scoringPreview;
  return (
    <div aria-live="polite" aria-busy={isFetching} className="flex flex-col gap-4">
      {problem ? <Notice tone="warning">{problem}</Notice> : null}
      {outcomes.map((one) => (
        <Counts key={one.scorer} of={one} />
      ))}
    </div>
  );
}

function Counts({ of }: { of: Outcome }) {
  const scored = of.exhibited + of.notExhibited;
  const figures = [
    { name: 'exhibited', count: of.exhibited },
    { name: 'not exhibited', count: of.notExhibited },
    { name: 'unscored', count: of.unscored },
    { name: 'grader errors', count: of.graderErrors },
    { name: 'excluded', count: of.excluded },
  ];
  return (
    <section aria-label={`What it counts by ${of.scorer}`} className="flex flex-col gap-2 text-sm">
      <p>
        <span className="font-medium">{of.behavior}</span> by {of.scorer}
        {of.condition ? <span className="text-ink-2"> under {of.condition}</span> : null}:{' '}
        {scored === 0
          ? 'no sample is scored'
          : `${grouped(of.exhibited)} of ${grouped(scored)} (${percent(of.exhibited / scored)})`}
      </p>
      <dl className="flex flex-wrap gap-x-5 gap-y-1">
        {figures.map(({ name, count }) => (
          <div key={name} className="flex gap-1.5">
            <dt className="text-ink-3">{name}</dt>
            <dd className="tabular-nums">{grouped(count)}</dd>
          </div>
        ))}
      </dl>
      {of.unnamedCount > 0 ? (
        <Notice
          tone="warning"
          title={`${grouped(of.unnamedCount)} of the unscored have a value that the rule does not name`}
        >
          <ul className="list-disc pl-4">
            {of.unnamed.map(({ value, count }) => (
              <li key={value} className="break-words">
                <code>{value}</code> × {grouped(count)}
              </li>
            ))}
          </ul>
        </Notice>
      ) : null}
    </section>
  );
}
