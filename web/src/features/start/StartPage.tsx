import Link from 'next/link';
import { Suspense } from 'react';
import { query } from '@/graphql/execute.ts';
import { graphql } from '@/graphql/generated/index.ts';
import { Unanswered } from '@/graphql/Unanswered.tsx';
import { paths } from '@/navigation/paths.ts';
import { linkLook } from '@/navigation/RefLink.tsx';
import { Button } from '@/ui/Button.tsx';
import { EmptyState } from '@/ui/EmptyState.tsx';
import { Day } from '@/ui/Figure.tsx';
import { SeverityMark } from '@/ui/SeverityMark.tsx';
import { Skeleton } from '@/ui/Skeleton.tsx';
import { StatusDot } from '@/ui/StatusDot.tsx';
import { PathPicture } from './PathPicture.tsx';

const START = graphql(`
  query StartPage {
    first: incidents(orderBy: { field: KEY, direction: ASC }, first: 1) { nodes { ...StartPath } }
    latest: incidents(orderBy: { field: RECORDED_AT, direction: DESC }, first: 6) {
      totalCount
      nodes { id ref key title severity status occurredAt }
    }
  }
  fragment StartPath on Incident {
    ref key title
    evalRuns { ref label }
    modelVersions { ref label trainingRuns { ref label stage unaccounted inputs { node { ref label } } } }
  }
`);

/** What Headwater is, one incident's way back to its data, and what was recorded last. */
export function StartPage() {
  return (
    <>
      <div className="max-w-3xl py-4">
        <h1 className="text-2xl font-semibold tracking-tight text-balance">
          That model did this. What data could have taught it?
        </h1>
        <p className="mt-3 text-lg text-ink-2 text-pretty">
          Headwater records what models did, and traces it upstream: through the evaluations that measured it
          and the training that made the model, to the data and where that came from. Every figure says who
          stated it; what nobody knows is shown as unknown.
        </p>
        <div className="mt-5 flex flex-wrap gap-2">
          <Button asChild look="primary" size="lg">
            <Link href={paths.incidents()}>Read the incidents</Link>
          </Button>
          <Button asChild size="lg">
            <Link href={paths.newIncident()}>File an incident</Link>
          </Button>
        </div>
      </div>
      <Suspense
        fallback={
          <div role="status" aria-label="Loading">
            <Skeleton className="mt-6 h-44" />
            <Skeleton className="mt-8 h-64" />
          </div>
        }
      >
        <Recorded />
      </Suspense>
    </>
  );
}

async function Recorded() {
  const answer = await query(START);
  if (answer.kind !== 'data') return <Unanswered answer={answer} what="What is recorded" />;
  const { first, latest } = answer.data;
  const [example] = first.nodes;
  if (!example) {
    return (
      <EmptyState
        kind="none"
        title="Nothing is recorded yet"
        action={
          <Link href={paths.newIncident()} className={linkLook}>
            File the first incident
          </Link>
        }
      >
        Incidents, and the lineage behind them, appear here.
      </EmptyState>
    );
  }
  return (
    <>
      <PathPicture incident={example} />
      <h2 className="mt-9 mb-2 text-lg font-semibold">Recorded last</h2>
      <ul className="divide-y divide-line rounded-lg border border-line bg-surface">
        {latest.nodes.map((one) => (
          <li key={one.id} className="flex flex-wrap items-baseline gap-x-4 gap-y-0.5 px-3.5 py-2 text-sm">
            <span className="font-mono text-xs text-ink-3">{one.key ?? 'draft'}</span>
            <Link
              href={paths.incident(one.key ?? one.ref)}
              className="min-w-0 flex-1 basis-60 font-medium hover:text-accent hover:underline"
            >
              {one.title}
            </Link>
            <span className="sm:w-20">
              <SeverityMark severity={one.severity} />
            </span>
            <span className="sm:w-28">
              <StatusDot status={one.status} />
            </span>
            <span className="text-ink-2 sm:w-28">
              <Day value={one.occurredAt} unknown="day not recorded" />
            </span>
          </li>
        ))}
      </ul>
      <p className="mt-2 text-sm">
        <Link href={paths.incidents()} className={linkLook}>
          All {latest.totalCount} incidents
        </Link>
      </p>
    </>
  );
}
