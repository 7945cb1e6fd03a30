'use client';

import { useGraphQL } from '@/graphql/browser.ts';
import type { RegressionRuleDefinitionInput } from '@/graphql/generated/graphql.ts';
import { Notice } from '@/ui/Notice.tsx';
import { FoundList } from './FoundList.tsx';
import { PREVIEW } from './regression-documents.ts';

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
  return (
    <>
      <FoundList found={data.regressionPreview} busy={isFetching} label="What it would have said" />
      {data.regressionPreview.matching > 0 ? (
        <p className="text-xs text-ink-3">
          The rule will say nothing of these by itself: once it is made it can look back at them.
        </p>
      ) : null}
    </>
  );
}
