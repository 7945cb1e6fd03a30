import Link from 'next/link';
import { CataloguePages } from '@/features/catalogue/Catalogue.tsx';
import { ConsequenceList } from '@/features/regression/ConsequenceList.tsx';
import { query } from '@/graphql/execute.ts';
import { graphql } from '@/graphql/generated/index.ts';
import { PartialNotice, Unanswered } from '@/graphql/Unanswered.tsx';
import { paths } from '@/navigation/paths.ts';
import { RefLink, textLinkLook } from '@/navigation/RefLink.tsx';
import { Button } from '@/ui/Button.tsx';
import { EmptyState } from '@/ui/EmptyState.tsx';
import { IntervalText, Moment, Percent } from '@/ui/Figure.tsx';
import { plural } from '@/ui/numbers.ts';
import { PageHeader } from '@/ui/PageHeader.tsx';
import { MarkRead } from './MarkRead.tsx';

const NOTIFICATIONS = graphql(`
  query Notifications($unread: Boolean!, $first: Int, $after: String, $last: Int, $before: String) {
    viewer { unreadNotifications }
    notifications(unread: $unread, first: $first, after: $after, last: $last, before: $before) {
      totalCount
      pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
      nodes {
        id recordedAt readAt
        outcome {
          id
          rule { id title behavior { name title } modelFamily }
          measurement { id rate interval { lower upper level method } sampleCount evalRun { ref label modelVersion { label } } }
          ...RegressionConsequences
        }
      }
    }
  }
`);

export interface NotificationsState {
  all: boolean;
  after: string | null;
  before: string | null;
}

const PER_PAGE = 20;

/** What the viewer was told because they watch it: what they may see of it now. */
export async function NotificationsPage({ state }: { state: NotificationsState }) {
  const { after, before } = state;
  const page = before ? { last: PER_PAGE, before } : { first: PER_PAGE, after };
  const answer = await query(NOTIFICATIONS, { unread: !state.all, ...page });
  if (answer.kind !== 'data') return <Unanswered answer={answer} what="Your notifications" />;
  const { viewer, notifications } = answer.data;
  const { nodes, totalCount, pageInfo } = notifications;
  const unread = viewer.unreadNotifications;
  return (
    <>
      <PageHeader
        title="Notifications"
        meta={
          <>
            <span>{unread === 0 ? 'Nothing unread' : `${unread} unread`}</span>
            <span className="max-w-prose">
              Told because you watch a rule, a behaviour or an incident. <Watches />
            </span>
          </>
        }
        actions={
          <>
            <Button asChild>
              <Link href={paths.notifications({ all: state.all ? null : '1' })}>
                {state.all ? 'Show the unread alone' : 'Show those read, too'}
              </Link>
            </Button>
            {unread === 0 ? null : <MarkRead />}
          </>
        }
      />
      <PartialNotice problems={answer.problems} />
      {nodes.length === 0 ? (
        <EmptyState kind="none" title={state.all ? 'Nothing yet' : 'Nothing unread'}>
          When a rule of the{' '}
          <Link href={paths.regressions()} className={textLinkLook}>
            regression watch
          </Link>{' '}
          hits, and you watch it, its behaviour or an incident that it concerns, it is told here.
        </EmptyState>
      ) : (
        <ul aria-label="Notifications" className="flex flex-col gap-2">
          {nodes.map(({ id, readAt, recordedAt, outcome }) => (
            <li
              key={id}
              className={`flex flex-wrap items-start gap-x-4 gap-y-2 rounded-lg border p-3 ${readAt ? 'border-line' : 'border-accent-line bg-accent-soft/40'}`}
            >
              <div className="min-w-0 flex-1 basis-64 text-sm">
                <p className="font-medium break-words">
                  {readAt ? null : <span className="sr-only">Unread: </span>}
                  {outcome.rule.behavior.title} in {outcome.measurement.evalRun.modelVersion.label}:{' '}
                  <Percent value={outcome.measurement.rate} />{' '}
                  <IntervalText
                    interval={outcome.measurement.interval}
                    sampleCount={outcome.measurement.sampleCount}
                  />
                </p>
                <p className="mt-0.5 break-words text-ink-2">
                  <Link href={paths.regressionRule(outcome.rule.id)} className={textLinkLook}>
                    {outcome.rule.title}
                  </Link>{' '}
                  hit on{' '}
                  <RefLink
                    refOf={outcome.measurement.evalRun.ref}
                    className="underline decoration-accent-line"
                  >
                    {outcome.measurement.evalRun.label}
                  </RefLink>
                </p>
                <ConsequenceList outcome={outcome} />
              </div>
              <div className="flex items-center gap-2 text-xs text-ink-3">
                <Moment value={recordedAt} />
                {readAt ? <span>read</span> : <MarkRead id={id} what={outcome.rule.title} />}
              </div>
            </li>
          ))}
        </ul>
      )}
      <CataloguePages
        noun="notification"
        totalCount={totalCount}
        pageInfo={pageInfo}
        href={(next) => paths.notifications({ all: state.all ? '1' : null, ...next })}
      />
      <p className="sr-only">{plural(totalCount, 'notification')} in all.</p>
    </>
  );
}

function Watches() {
  return (
    <Link href={`${paths.account()}#watching`} className={textLinkLook}>
      What you watch
    </Link>
  );
}
