import { type Answer, query } from '@/graphql/execute.ts';
import type { RunsOfModelQuery } from '@/graphql/generated/graphql.ts';
import { Unanswered } from '@/graphql/Unanswered.tsx';
import { EmptyState } from '@/ui/EmptyState.tsx';
import { PageHeader } from '@/ui/PageHeader.tsx';
import { BeforeAfterChooser } from './BeforeAfterChooser.tsx';
import { RUNS_OF_MODEL } from './documents.ts';
import { newestRuns, type Pair, type RunOfEvaluation, sharedEvaluations } from './pairs.ts';
import { ScoresCompared } from './ScoresCompared.tsx';

interface BothSides {
  before: Side;
  after: Side;
  series: string | null;
}

interface Side {
  label: string;
  runs: readonly RunOfEvaluation[];
  /** How many runs there are, of which `runs` are the newest. */
  total: number;
}

/** Pairs of model versions before and after something was done to them, by the metrics of one evaluation. */
export async function BeforeAfterPage(props: { evaluation: string | null; pairs: readonly Pair[] }) {
  const { pairs } = props;
  const answers = await Promise.all(
    pairs.map(({ before, after }) =>
      Promise.all([query(RUNS_OF_MODEL, { ref: before }), query(RUNS_OF_MODEL, { ref: after })]),
    ),
  );
  const failed = answers.flat().find(({ kind }) => kind !== 'data');
  const sides = answers.map(([before, after]) => [sideOf(before), sideOf(after)] as const);
  const found = sides.flatMap(([before, after], i) =>
    before && after ? [{ before, after, series: pairs[i]!.series }] : [],
  );
  const evaluations = sharedEvaluations(found.map(({ before, after }) => [before.runs, after.runs] as const));
  const evaluation = props.evaluation ?? (evaluations.length === 1 ? evaluations[0]! : null);
  return (
    <>
      <PageHeader
        title="Before and after"
        meta={
          <p className="w-full max-w-prose">
            Models before and after something was done to their training, such as one size after another: what
            a metric was, what it became, and whether a difference is demonstrated. Each pair is compared by
            itself; pairs of one series share an axis, and those of another stand apart.
          </p>
        }
      />
      <BeforeAfterChooser evaluation={evaluation} pairs={pairs} evaluations={evaluations} />
      {failed && failed.kind !== 'data' ? (
        <Unanswered answer={failed} what="The comparison" />
      ) : (
        <Compared evaluation={evaluation} pairs={pairs} sides={found} missing={missing(pairs, sides)} />
      )}
    </>
  );
}

function sideOf(answer: Answer<RunsOfModelQuery>): Side | null {
  const node = answer.kind === 'data' ? answer.data.lineageNode : null;
  if (node?.__typename !== 'ModelVersion') return null;
  return { label: node.label, runs: node.evalRuns.nodes, total: node.evalRuns.totalCount };
}

const missing = (pairs: readonly Pair[], sides: readonly (readonly (Side | null)[])[]): string[] => [
  ...new Set(
    pairs.flatMap(({ before, after }, i) => [before, after].filter((_, side) => sides[i]?.[side] === null)),
  ),
];

async function Compared(props: {
  evaluation: string | null;
  pairs: readonly Pair[];
  sides: readonly BothSides[];
  missing: readonly string[];
}) {
  const { evaluation, sides } = props;
  if (props.pairs.length === 0)
    return (
      <EmptyState kind="none" title="Choose a model version before, and the one after">
        Then the evaluations that examined both can be chosen. Further pairs stand below the first.
      </EmptyState>
    );
  if (props.missing.length > 0)
    return (
      <EmptyState kind="no-match" title={`Nothing is recorded as ${props.missing.join(' or ')}`}>
        Take the pair away and choose another, or look whether the reference is written as it is recorded.
      </EmptyState>
    );
  if (evaluation === null)
    return (
      <EmptyState kind="none" title="Choose an evaluation">
        One that has examined both sides of a pair.
      </EmptyState>
    );
  const matched = sides.map((both) => ({
    ...both,
    runs: newestRuns(evaluation, [both.before.runs, both.after.runs]),
  }));
  const series = new Map(
    matched.flatMap((one) =>
      one.runs ? [[`${one.runs.one.ref} ${one.runs.two.ref}`, one.series] as const] : [],
    ),
  );
  const runs = matched.flatMap(({ runs: both }) => (both ? [{ one: both.one.ref, two: both.two.ref }] : []));
  const remarks = matched.flatMap(({ before, after, runs: both }) => [
    ...(both ? [] : [`${evaluation} has not examined both ${before.label} and ${after.label}.`]),
    ...(both && both.others > 0
      ? [
          `Of ${before.label} and ${after.label} the newest runs are shown, and ${both.others} others are not.`,
        ]
      : []),
    ...[before, after]
      .filter((side) => side.total > side.runs.length)
      .map((side) => `Of ${side.label}, the newest ${side.runs.length} of ${side.total} runs are looked at.`),
  ]);
  if (runs.length === 0)
    return (
      <EmptyState kind="no-match" title={`${evaluation} has examined both sides of no pair`}>
        {remarks.join(' ')}
      </EmptyState>
    );
  return (
    <ScoresCompared
      runs={runs}
      title={`${evaluation}: before and after`}
      labelOf={(score, side) => `${side} · ${score.evalRun.modelVersion.label}`}
      sides={['Before', 'After']}
      seriesOf={(row) => series.get(`${row.one.evalRun.ref} ${row.two.evalRun.ref}`) ?? null}
      empty="The runs have no metric in common under a condition of one name."
      remarks={[...new Set(remarks)]}
    />
  );
}
