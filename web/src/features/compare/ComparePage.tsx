import Link from 'next/link';
import { query } from '@/graphql/execute.ts';
import type { ComparedSideQuery } from '@/graphql/generated/graphql.ts';
import { Unanswered } from '@/graphql/Unanswered.tsx';
import { paths } from '@/navigation/paths.ts';
import { RefLink, textLinkLook } from '@/navigation/RefLink.tsx';
import { EmptyState } from '@/ui/EmptyState.tsx';
import { PageHeader } from '@/ui/PageHeader.tsx';
import { Section } from '@/ui/Section.tsx';
import { CompareChooser } from './CompareChooser.tsx';
import { SIDE } from './comparison-query.ts';
import { IntervalChoice } from './IntervalChoice.tsx';
import type { Drawing } from './interval-method.ts';
import { matchRuns } from './match-runs.ts';
import { RunComparison } from './RunComparison.tsx';

type Side = NonNullable<ComparedSideQuery['lineageNode']>;
type Version = Extract<Side, { __typename: 'ModelVersion' }>;

/** As many pairs of runs as one page compares. */
const PAIRS = 6;

/** Two eval runs or two model versions side by side; both are in the address. */
export function ComparePage(props: { one: string | null; two: string | null; drawing: Drawing }) {
  const { one, two, drawing } = props;
  return (
    <>
      <PageHeader
        title="Compare rates"
        meta={
          <p className="w-full max-w-prose">
            Two eval runs, or all runs of two model versions that are of the same evaluation version: how
            often each behaviour was shown, whether the two may be compared, and whether a difference is
            demonstrated. For models before and after an intervention, size after size:{' '}
            <Link href={paths.beforeAfter({ pairs: pairOf(one, two) })} className={textLinkLook}>
              before and after
            </Link>
            .
          </p>
        }
      />
      <CompareChooser one={one} two={two} drawing={drawing} />
      {one && two ? (
        <Both one={one} two={two} drawing={drawing} />
      ) : (
        <EmptyState kind="none" title="Choose two eval runs or two model versions">
          Type a name on each side, or give a reference, such as eval-run:NAME or model:NAME@VERSION.
        </EmptyState>
      )}
    </>
  );
}

/** Two model versions as a pair, before and after; none where they are something else. */
const pairOf = (one: string | null, two: string | null) =>
  one?.startsWith('model:') && two?.startsWith('model:') ? [{ before: one, after: two }] : [];

async function Both({ one, two, drawing }: { one: string; two: string; drawing: Drawing }) {
  const answers = await Promise.all([query(SIDE, { ref: one }), query(SIDE, { ref: two })]);
  const failed = answers.find((answer) => answer.kind !== 'data');
  if (failed) return <Unanswered answer={failed} what="The comparison" />;
  const [first, second] = answers.map((answer) => (answer.kind === 'data' ? answer.data.lineageNode : null));
  if (!first || !second) {
    const missing = [first ? null : one, second ? null : two].filter((ref) => ref !== null);
    return (
      <EmptyState kind="no-match" title={`Nothing is recorded as ${missing.join(' or ')}`}>
        Choose another, or look whether the reference is written as it is recorded.
      </EmptyState>
    );
  }
  if (first.id === second.id) {
    return (
      <EmptyState kind="no-match" title="Both sides are the same">
        Choose another on one side.
      </EmptyState>
    );
  }
  const choice = <IntervalChoice one={one} two={two} drawing={drawing} />;
  if (first.__typename === 'EvalRun' && second.__typename === 'EvalRun')
    return (
      <>
        {choice}
        <RunComparison one={first.ref} two={second.ref} drawing={drawing} />
      </>
    );
  if (first.__typename === 'ModelVersion' && second.__typename === 'ModelVersion')
    return (
      <>
        {choice}
        <Versions one={first} two={second} drawing={drawing} />
      </>
    );
  return (
    <EmptyState kind="no-match" title="These are not two of one kind">
      Choose two eval runs, or two model versions.
    </EmptyState>
  );
}

function Versions({ one, two, drawing }: { one: Version; two: Version; drawing: Drawing }) {
  const matched = matchRuns(one.evalRuns.nodes, two.evalRuns.nodes, PAIRS);
  const unread = [one, two].filter(({ evalRuns }) => evalRuns.totalCount > evalRuns.nodes.length);
  const remarks = [
    matched.onlyOne.length ? `Only ${one.label} was examined by ${matched.onlyOne.join(', ')}.` : null,
    matched.onlyTwo.length ? `Only ${two.label} was examined by ${matched.onlyTwo.join(', ')}.` : null,
    matched.left > 0
      ? `${matched.left} more pairs of runs are not shown: choose two runs to compare them.`
      : null,
    ...unread.map(
      ({ label, evalRuns }) =>
        `Of ${label}, the newest ${evalRuns.nodes.length} of ${evalRuns.totalCount} runs are looked at.`,
    ),
  ].filter((remark) => remark !== null);
  return (
    <>
      {matched.pairs.length === 0 ? (
        <EmptyState kind="none" title="No evaluation version has examined both">
          Rates of different evaluation versions are not comparable, so nothing stands side by side.
        </EmptyState>
      ) : null}
      {matched.pairs.map((pair, index) => (
        <Section
          key={`${pair.one.id} ${pair.two.id}`}
          id={`pair-${index + 1}`}
          title={pair.one.evaluationVersion.label}
          note={
            <>
              <RefLink refOf={pair.one.ref} className={textLinkLook}>
                {pair.one.label}
              </RefLink>{' '}
              beside{' '}
              <RefLink refOf={pair.two.ref} className={textLinkLook}>
                {pair.two.label}
              </RefLink>
            </>
          }
        >
          <RunComparison one={pair.one.ref} two={pair.two.ref} drawing={drawing} />
        </Section>
      ))}
      {remarks.length ? (
        <ul className="mt-6 flex flex-col gap-1 text-sm text-ink-2">
          {remarks.map((remark) => (
            <li key={remark}>{remark}</li>
          ))}
        </ul>
      ) : null}
    </>
  );
}
