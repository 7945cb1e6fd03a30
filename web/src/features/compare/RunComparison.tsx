import { query } from '@/graphql/execute.ts';
import type { ComparedRunFragment, CompareEvalRunsQuery } from '@/graphql/generated/graphql.ts';
import { PartialNotice, Unanswered } from '@/graphql/Unanswered.tsx';
import { RefLink } from '@/navigation/RefLink.tsx';
import { Day, Facts, Unknown } from '@/ui/Figure.tsx';
import { plural } from '@/ui/numbers.ts';
import { PlotFrame } from '../plot/PlotFrame.tsx';
import { facetTitle } from '../rates/facets.ts';
import { RowPicture } from '../rates/RowPicture.tsx';
import type { RatePoint } from '../rates/rate-point.ts';
import { signsOf } from '../rates/signs.ts';
import { ScoresCompared } from './before-after/ScoresCompared.tsx';
import { ComparisonCard } from './ComparisonCard.tsx';
import { ComparisonTable } from './ComparisonTable.tsx';
import { RUN_COMPARISON } from './comparison-query.ts';
import { comparisonRows } from './comparison-rows.ts';
import { type Drawing, drawnRemarks, USUAL, withDrawn } from './interval-method.ts';

type Comparison = CompareEvalRunsQuery['evalRunComparison'];

/** Two eval runs side by side: what differs between them, their rates, and whether a difference is demonstrated. */
export async function RunComparison(props: { one: string; two: string; drawing: Drawing }) {
  const { one, two, drawing } = props;
  const answer = await query(RUN_COMPARISON, {
    one,
    two,
    bootstrap: drawing !== null,
    ...(drawing ?? USUAL),
  });
  if (answer.kind !== 'data') return <Unanswered answer={answer} what="The comparison" />;
  const comparison = answer.data.evalRunComparison;
  const names = namesOf(comparison);
  return (
    <div className="flex flex-col gap-4">
      <PartialNotice problems={answer.problems} />
      <div className="grid gap-4 md:grid-cols-2">
        <Run run={comparison.one} />
        <Run run={comparison.two} />
      </div>
      {comparison.rows.length === 0 ? (
        <p className="text-sm">
          <Unknown what="The two have no behaviour and condition in common." />
        </p>
      ) : (
        <Compared comparison={comparison} names={names} drawing={drawing} />
      )}
      <ScoresCompared
        runs={[{ one, two }]}
        title={`Scores of ${names[0]} beside ${names[1]}`}
        labelOf={(_score, side) => names[side === 'before' ? 0 : 1]}
        sides={['One', 'The other']}
        empty={null}
      />
      <Only title={`Only in ${names[0]}`} points={comparison.onlyInOne} />
      <Only title={`Only in ${names[1]}`} points={comparison.onlyInTwo} />
    </div>
  );
}

/** The model versions' names where they tell the two apart, else those of the runs. */
function namesOf({ one, two }: Comparison): [string, string] {
  return one.modelVersion.ref === two.modelVersion.ref
    ? [one.label, two.label]
    : [one.modelVersion.label, two.modelVersion.label];
}

function Compared(props: { comparison: Comparison; names: readonly [string, string]; drawing: Drawing }) {
  const { comparison, names, drawing } = props;
  const { tested } = comparison;
  const rows = withDrawn(comparison.rows, drawing);
  const groups = rows.map((row) => ({
    key: `${row.one.id} ${row.two.id}`,
    title: `${row.one.behavior.title} · ${facetTitle({ evaluation: row.one.evalRun.evaluationVersion.label, condition: row.one.condition?.name ?? null })}`,
    runs: row.comparability.comparable
      ? [{ points: [row.one, row.two], differences: [] }]
      : [
          { points: [row.one], differences: [] },
          { points: [row.two], differences: row.comparability.differences },
        ],
  }));
  const ofTwo = new Set(rows.map((row) => row.two.id));
  const points = rows.flatMap((row) => [row.one, row.two]);
  const apart = groups.some(({ runs }) => runs.length > 1);
  const title = `${names[0]} beside ${names[1]}`;
  return (
    <>
      <PlotFrame
        title={title}
        note={
          tested === 0
            ? 'No row could be tested.'
            : `${plural(tested, 'row')} tested; every p is corrected over ${tested === 1 ? 'it' : 'them'}.`
        }
        signs={[...signsOf(points), ...(apart ? (['apart'] as const) : [])]}
        rates="side"
        file={`comparison-${comparison.one.label}-${comparison.two.label}`.replace(/[^\w.-]+/g, '-')}
        rows={comparisonRows(rows)}
        remarks={drawnRemarks(rows, drawing)}
        table={<ComparisonTable rows={rows} names={names} label={title} />}
      >
        <RowPicture
          groups={groups}
          labelOf={(point: RatePoint) => (ofTwo.has(point.id) ? names[1] : names[0])}
          label={title}
        />
      </PlotFrame>
      <ul className="flex flex-col gap-3">
        {rows.map((row) => (
          <ComparisonCard key={`${row.one.id} ${row.two.id}`} row={row} names={names} />
        ))}
      </ul>
    </>
  );
}

function Run({ run }: { run: ComparedRunFragment }) {
  return (
    <section aria-label={run.label} className="min-w-0 rounded-lg border border-line bg-surface p-4 text-sm">
      <h3 className="mb-2 font-semibold break-words">
        <RefLink refOf={run.ref}>{run.label}</RefLink>
      </h3>
      <Facts
        items={[
          {
            name: 'Model version',
            value: <RefLink refOf={run.modelVersion.ref}>{run.modelVersion.label}</RefLink>,
          },
          { name: 'Evaluation', value: run.evaluationVersion.label },
          {
            name: 'Graders',
            value: run.graders.length ? (
              run.graders.map(({ name, version }) => `${name} ${version}`).join(', ')
            ) : (
              <Unknown />
            ),
          },
          { name: 'Samples', value: run.sampleCount ?? <Unknown /> },
          { name: 'Epochs', value: run.epochs ?? <Unknown /> },
          { name: 'Started', value: <Day value={run.startedAt} /> },
        ]}
      />
    </section>
  );
}

function Only({ title, points }: { title: string; points: readonly RatePoint[] }) {
  if (points.length === 0) return null;
  return (
    <p className="text-sm text-ink-2">
      <span className="font-medium text-ink">{title}:</span>{' '}
      {points
        .map(({ behavior, condition }) => `${behavior.title} (${condition?.name ?? 'condition not stated'})`)
        .join(', ')}
      .
    </p>
  );
}
