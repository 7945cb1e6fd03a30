import type { InterventionCardFragment } from '@/graphql/generated/graphql.ts';
import { RefLink } from '@/navigation/RefLink.tsx';
import { Badge, type Tone } from '@/ui/Badge.tsx';
import { CitationMark } from '@/ui/CitationMark.tsx';
import { Count, Day, Unknown } from '@/ui/Figure.tsx';
import { Notice } from '@/ui/Notice.tsx';
import { words } from '@/ui/numbers.ts';
import { BeforeAfter } from './before-after/BeforeAfter.tsx';

const OUTCOMES: Record<InterventionCardFragment['outcome'], { label: string; tone: Tone }> = {
  EFFECTIVE: { label: 'Effective', tone: 'success' },
  PARTIAL: { label: 'Partly effective', tone: 'accent' },
  NULL_RESULT: { label: 'Null result', tone: 'neutral' },
  HARMFUL: { label: 'Made it worse', tone: 'danger' },
  UNKNOWN: { label: 'Outcome not known', tone: 'neutral' },
};

/** What was tried, with what data, and what changed; a null result is a result. */
export function InterventionView({ intervention: one }: { intervention: InterventionCardFragment }) {
  const outcome = OUTCOMES[one.outcome];
  return (
    <article className="rounded-lg border border-line bg-surface p-4">
      <div className="flex flex-wrap items-start gap-x-3 gap-y-1">
        <h3 className="min-w-0 flex-1 font-medium">
          {one.title}
          <CitationMark citation={one.citation} of={one.title} />
        </h3>
        <Badge tone={outcome.tone}>{outcome.label}</Badge>
      </div>
      <p className="mt-1 max-w-prose text-sm text-ink-2">{one.description}</p>
      <p className="mt-2 flex flex-wrap gap-x-5 gap-y-1 text-sm">
        <span>
          <span className="text-ink-3">Data added </span>
          {one.addedData ? <RefLink refOf={one.addedData.ref}>{one.addedData.label}</RefLink> : null}{' '}
          {one.addedDescription ?? (one.addedData ? null : <Unknown />)}
          {one.addedAmount === null || one.addedAmount === undefined ? null : (
            <>
              {' '}
              <Count value={one.addedAmount} of={one.addedUnit?.toLowerCase()} />
            </>
          )}
        </span>
        <span>
          <span className="text-ink-3">Stage </span>
          {one.stage ? words(one.stage) : <Unknown />}
        </span>
        <span>
          <span className="text-ink-3">When </span>
          <Day value={one.occurredAt} />
        </span>
      </p>
      {one.caveat ? (
        <Notice tone="warning" className="mt-3">
          <span className="font-medium text-ink">Caveat. </span>
          {one.caveat}
        </Notice>
      ) : null}
      {one.comparisons.length ? (
        <div className="mt-3">
          <BeforeAfter comparisons={one.comparisons} of={one.title} />
        </div>
      ) : null}
    </article>
  );
}
