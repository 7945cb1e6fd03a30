import Link from 'next/link';
import { notFound } from 'next/navigation';
import { PagesOn } from '@/features/catalogue/PagesOn.tsx';
import { loadViewer } from '@/features/shell/viewer.ts';
import { query } from '@/graphql/execute.ts';
import { graphql } from '@/graphql/generated/index.ts';
import { PartialNotice, Unanswered } from '@/graphql/Unanswered.tsx';
import { paths } from '@/navigation/paths.ts';
import { Badge } from '@/ui/Badge.tsx';
import { EmptyState } from '@/ui/EmptyState.tsx';
import { Day } from '@/ui/Figure.tsx';
import { Notice } from '@/ui/Notice.tsx';
import { plural, words } from '@/ui/numbers.ts';
import { PageHeader } from '@/ui/PageHeader.tsx';
import { Section } from '@/ui/Section.tsx';
import { LookBack } from './LookBack.tsx';
import { OutcomePlot } from './OutcomePlot.tsx';
import { OutcomeTable } from './OutcomeTable.tsx';
import { RetireRule } from './RetireRule.tsx';
import { RuleFacts } from './RuleFacts.tsx';
import { WatchButton } from './WatchButton.tsx';

const RULE = graphql(`
  query RegressionRulePage($id: ID!, $first: Int, $after: String) {
    regressionRule(id: $id) {
      id title threshold meaning visibility recordedAt retiredAt retirementReason watched
      ...RegressionRuleFacts
      canRetire { allowed reason }
      canLookBack { allowed reason }
      outcomes(first: $first, after: $after) {
        totalCount
        pageInfo { hasNextPage endCursor }
        nodes { ...RegressionOutcomeRow }
      }
    }
  }
`);

const PER_PAGE = 50;

/** A rule, what it looks for, and what it said of each measurement. */
export async function RegressionRulePage({ id, after }: { id: string; after: string | null }) {
  const answer = await query(RULE, { id, first: PER_PAGE, after });
  // An address that is no id names nothing.
  if (answer.kind === 'errors' && answer.errors.every(({ code }) => code === 'BAD_USER_INPUT')) notFound();
  if (answer.kind !== 'data') return <Unanswered answer={answer} what="This rule" />;
  const rule = answer.data.regressionRule;
  if (!rule) {
    if (answer.problems.length > 0 && answer.problems.some(({ code }) => code !== 'BAD_USER_INPUT'))
      return <PartialNotice problems={answer.problems} />;
    notFound();
  }
  const viewer = await loadViewer();
  const { nodes, totalCount, pageInfo } = rule.outcomes;
  return (
    <>
      <PartialNotice problems={answer.problems} />
      <PageHeader
        eyebrow={<Link href={paths.regressions()}>Regression watch</Link>}
        title={rule.title}
        meta={
          <>
            <span className="max-w-prose">{rule.meaning}</span>
            <Badge tone={rule.visibility === 'PUBLIC' ? 'neutral' : 'accent'}>{words(rule.visibility)}</Badge>
          </>
        }
        actions={
          <>
            <WatchButton
              target={rule.id}
              what="this rule"
              watched={rule.watched}
              blocked={viewer.signedIn ? null : 'Sign in to be told of hits.'}
            />
            <LookBack
              id={rule.id}
              made={rule.recordedAt}
              blocked={
                rule.canLookBack.allowed
                  ? null
                  : (rule.canLookBack.reason ?? 'You may not have it look back.')
              }
            />
            <RetireRule
              id={rule.id}
              blocked={rule.canRetire.allowed ? null : (rule.canRetire.reason ?? 'You may not retire it.')}
            />
          </>
        }
      />
      {rule.retiredAt ? (
        <Notice tone="warning" title="Retired" className="mb-4">
          It looks at nothing since <Day value={rule.retiredAt} />: {rule.retirementReason}
        </Notice>
      ) : null}
      <RuleFacts rule={rule} />
      <Section
        id="outcomes"
        title="What it said"
        count={totalCount}
        note="Each measurement that is recorded while the rule stands is looked at once. What hit a moment ago may take a second to be here."
      >
        {nodes.length === 0 ? (
          <EmptyState kind="none" title="Nothing yet">
            No measurement that it is about was recorded since it was made. At what was recorded before, it
            can look back.
          </EmptyState>
        ) : (
          <div className="flex flex-col gap-5">
            <OutcomePlot
              outcomes={nodes}
              of={totalCount}
              newest={after === null}
              threshold={rule.threshold ?? null}
              title={rule.title}
            />
            <OutcomeTable outcomes={nodes} />
            <PagesOn
              shown={nodes.length}
              of={plural(totalCount, 'measurement')}
              first={after === null ? null : paths.regressionRule(rule.id)}
              more={
                pageInfo.hasNextPage ? paths.regressionRule(rule.id, { after: pageInfo.endCursor }) : null
              }
            />
          </div>
        )}
      </Section>
    </>
  );
}
