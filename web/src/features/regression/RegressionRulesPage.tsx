import Link from 'next/link';
import { CatalogueEmpty, CataloguePages } from '@/features/catalogue/Catalogue.tsx';
import { type CatalogueState, pageVariables } from '@/features/catalogue/catalogue-state.ts';
import { query } from '@/graphql/execute.ts';
import { graphql } from '@/graphql/generated/index.ts';
import { PartialNotice, Unanswered } from '@/graphql/Unanswered.tsx';
import { paths } from '@/navigation/paths.ts';
import { linkLook, RefLink } from '@/navigation/RefLink.tsx';
import { Badge } from '@/ui/Badge.tsx';
import { Button } from '@/ui/Button.tsx';
import { EmptyState } from '@/ui/EmptyState.tsx';
import { Moment } from '@/ui/Figure.tsx';
import { plural } from '@/ui/numbers.ts';
import { Table, Td, Th } from '@/ui/Table.tsx';
import { VerdictMark } from './VerdictMark.tsx';
import { whyWords } from './verdict-words.ts';

const LIST = graphql(`
  query RegressionRules($behavior: String, $retired: Boolean, $search: String, $first: Int, $after: String, $last: Int, $before: String) {
    regressionRules(behavior: $behavior, retired: $retired, search: $search, first: $first, after: $after, last: $last, before: $before) {
      totalCount
      pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
      nodes {
        id title modelFamily condition meaning retiredAt
        behavior { name title }
        lastOutcome { ...RegressionOutcomeRow }
      }
    }
    allRetired: regressionRules(behavior: $behavior, retired: true, first: 1) { totalCount }
  }
`);

export interface RulesState extends CatalogueState {
  behavior: string | null;
  retired: boolean;
}

export async function RegressionRuleResults({ state }: { state: RulesState }) {
  const { behavior, retired } = state;
  const answer = await query(LIST, { ...pageVariables(state), behavior, retired });
  if (answer.kind !== 'data') return <Unanswered answer={answer} what="The rules" />;
  const { nodes, totalCount, pageInfo } = answer.data.regressionRules;
  const kept = { behavior, retired: retired ? ('1' as const) : null, search: state.search };
  const retiredCount = answer.data.allRetired.totalCount;
  if (nodes.length === 0 && !retired && !state.search && retiredCount > 0)
    return <OnlyRetired count={retiredCount} behavior={behavior} />;
  if (nodes.length === 0) {
    return (
      <CatalogueEmpty
        state={state}
        noun={retired ? 'retired rule' : 'rule'}
        clear={paths.regressions({ ...kept, search: null })}
        filter={
          behavior
            ? { words: `about ${behavior}`, clear: paths.regressions({ ...kept, behavior: null }) }
            : null
        }
      >
        {retired
          ? 'No rule was retired.'
          : 'No rule looks at what is measured. With one, a behaviour that comes back reopens its incident.'}
      </CatalogueEmpty>
    );
  }
  return (
    <>
      <PartialNotice problems={answer.problems} />
      <Table label="Rules of the regression watch">
        <thead>
          <tr>
            <Th>Rule</Th>
            <Th>Looks for</Th>
            <Th>Said last</Th>
            <Th>Of, and why</Th>
          </tr>
        </thead>
        <tbody>
          {nodes.map((rule) => (
            <tr key={rule.id}>
              <Td className="min-w-44">
                <Link href={paths.regressionRule(rule.id)} className={`${linkLook} font-medium break-words`}>
                  {rule.title}
                </Link>
                <div className="text-xs text-ink-3">
                  {[rule.behavior.title, rule.modelFamily, rule.condition].filter(Boolean).join(' · ')}
                </div>
                {rule.retiredAt ? <Badge>Retired</Badge> : null}
              </Td>
              <Td className="min-w-52 text-sm text-ink-2">{rule.meaning}</Td>
              <Td className="whitespace-nowrap">
                {rule.lastOutcome ? (
                  <>
                    <VerdictMark verdict={rule.lastOutcome.verdict} />
                    <div className="text-xs text-ink-3">
                      <Moment value={rule.lastOutcome.recordedAt} />
                    </div>
                  </>
                ) : (
                  <span className="text-ink-3">nothing yet</span>
                )}
              </Td>
              <Td className="min-w-52">
                {rule.lastOutcome ? (
                  <>
                    <RefLink refOf={rule.lastOutcome.measurement.evalRun.ref}>
                      {rule.lastOutcome.measurement.evalRun.label}
                    </RefLink>
                    <div className="text-xs text-ink-2">{whyWords(rule.lastOutcome)}</div>
                  </>
                ) : null}
              </Td>
            </tr>
          ))}
        </tbody>
      </Table>
      <CataloguePages
        noun="rule"
        totalCount={totalCount}
        pageInfo={pageInfo}
        href={(page) => paths.regressions({ ...kept, ...page })}
      />
    </>
  );
}

/** There were rules, and all of them are retired: neither none yet, nor none that matches. */
function OnlyRetired({ count, behavior }: { count: number; behavior: string | null }) {
  const about = behavior ? ` about ${behavior}` : '';
  return (
    <EmptyState
      kind="none"
      title={`No rule${about} stands`}
      action={
        <span className="flex flex-wrap justify-center gap-2">
          <Button asChild>
            <Link href={paths.regressions({ behavior, retired: '1' })}>Show those retired</Link>
          </Button>
          {behavior ? (
            <Button asChild>
              <Link href={paths.regressions()}>Show all rules</Link>
            </Button>
          ) : null}
        </span>
      }
    >
      {count === 1 ? 'The only rule' : `All ${plural(count, 'rule')}`}
      {about} {count === 1 ? 'is' : 'are'} retired, so nothing looks at what is measured now.
    </EmptyState>
  );
}
