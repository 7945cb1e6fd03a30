import type { HypothesisCardFragment } from '@/graphql/generated/graphql.ts';
import { RefLink } from '@/navigation/RefLink.tsx';
import { Badge } from '@/ui/Badge.tsx';
import { CitationMark } from '@/ui/CitationMark.tsx';
import { Day, Unknown } from '@/ui/Figure.tsx';
import { words } from '@/ui/numbers.ts';
import { StatusDot } from '@/ui/StatusDot.tsx';
import { AddHypothesisEvidence } from '../actions/AddHypothesisEvidence.tsx';
import { AssessHypothesis } from '../actions/AssessHypothesis.tsx';

type Item = HypothesisCardFragment['evidence'][number];

const SIDES = [
  { direction: 'SUPPORTS', title: 'Supports', mark: '+', color: 'text-success' },
  { direction: 'REFUTES', title: 'Refutes', mark: '−', color: 'text-danger' },
  { direction: 'NEUTRAL', title: 'Neither', mark: '·', color: 'text-ink-3' },
] as const;

function EvidenceList({ items, side }: { items: readonly Item[]; side: (typeof SIDES)[number] }) {
  if (items.length === 0 && side.direction === 'NEUTRAL') return null;
  return (
    <div>
      <h4 className="mt-3 mb-1 text-xs font-semibold text-ink-2">
        <span aria-hidden="true" className={`mr-1 ${side.color}`}>
          {side.mark}
        </span>
        {side.title} <span className="font-normal text-ink-3">{items.length}</span>
      </h4>
      {items.length === 0 ? <p className="text-sm text-ink-3">Nothing recorded.</p> : null}
      <ul className="flex flex-col gap-1.5">
        {items.map((item) => (
          <li key={item.id} className="border-l-2 border-line pl-2.5 text-sm">
            {item.statement}
            <CitationMark citation={item.citation} of={item.statement} />
            <span className="block text-xs text-ink-3">
              {words(item.method)}
              {item.score === null || item.score === undefined
                ? ''
                : `, score ${item.score}${item.scoreMeaning ? ` (${item.scoreMeaning})` : ' (meaning not stated)'}`}
            </span>
          </li>
        ))}
      </ul>
    </div>
  );
}

/** One explanation with what speaks for it, what against, and who judged it how, dissent included. */
export function HypothesisView({
  hypothesis,
  blocked,
}: {
  hypothesis: HypothesisCardFragment;
  blocked: string | null;
}) {
  return (
    <article className="rounded-lg border border-line bg-surface p-4">
      <div className="flex items-start gap-3">
        <h3 className="min-w-0 flex-1 font-medium text-balance">
          {hypothesis.statement}
          <CitationMark citation={hypothesis.citation} of="this hypothesis" />
        </h3>
        <span className="text-sm">
          <StatusDot status={hypothesis.status} />
        </span>
      </div>
      <p className="mt-1 text-xs text-ink-3">
        {hypothesis.proposedBy ? `Proposed by ${hypothesis.proposedBy}; recorded` : 'Opened'} by{' '}
        {hypothesis.openedBy.name}, <Day value={hypothesis.recordedAt} />
      </p>
      {hypothesis.suspects.length ? (
        <p className="mt-2 flex flex-wrap items-center gap-x-2 gap-y-1 text-sm">
          <span className="text-ink-3">Points to</span>
          {hypothesis.suspects.map((one) =>
            one.node ? (
              <RefLink key={one.id} refOf={one.node.ref}>
                {one.label}
              </RefLink>
            ) : (
              <Badge key={one.id} title="Content tag">
                {one.label}
              </Badge>
            ),
          )}
        </p>
      ) : null}
      {SIDES.map((side) => (
        <EvidenceList
          key={side.direction}
          side={side}
          items={hypothesis.evidence.filter((item) => item.direction === side.direction)}
        />
      ))}
      <h4 className="mt-4 mb-1 text-xs font-semibold text-ink-2">Assessments</h4>
      {hypothesis.assessments.length === 0 ? <Unknown what="Nobody has assessed it yet." /> : null}
      <ul className="flex flex-col gap-1.5 text-sm">
        {hypothesis.assessments.map((one) => (
          <li key={one.id}>
            <span className="font-medium">{one.by.name}</span>: “{one.confidence}”
            {one.probability === null || one.probability === undefined
              ? ''
              : `, probability ${one.probability}`}
            <CitationMark citation={one.citation} of={`the assessment by ${one.by.name}`} />{' '}
            {one.dissent ? <Badge tone="warning">Dissent</Badge> : null}
            {one.reasoning ? <span className="block text-ink-2">{one.reasoning}</span> : null}
          </li>
        ))}
      </ul>
      <div className="mt-4 flex flex-wrap gap-2">
        <AddHypothesisEvidence hypothesis={hypothesis.id} blocked={blocked} />
        <AssessHypothesis hypothesis={hypothesis.id} status={hypothesis.status} blocked={blocked} />
      </div>
    </article>
  );
}
