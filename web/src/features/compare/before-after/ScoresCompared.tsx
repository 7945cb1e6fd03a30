import { query } from '@/graphql/execute.ts';
import type { ComparedScoreFragment, ComparedScoresFragment } from '@/graphql/generated/graphql.ts';
import { PartialNotice, Unanswered } from '@/graphql/Unanswered.tsx';
import { Notice } from '@/ui/Notice.tsx';
import { plural } from '@/ui/numbers.ts';
import type { Sign } from '../../plot/Legend.tsx';
import { PlotFrame } from '../../plot/PlotFrame.tsx';
import { SCORES_COMPARED } from './documents.ts';
import { ScorePicture } from './ScorePicture.tsx';
import { ScoresTable } from './ScoresTable.tsx';
import type { SeriesOf } from './score-layout.ts';
import { scoreRows } from './score-rows.ts';

/**
 * Pairs of eval runs by the metrics that both state: the picture, the verdicts in words, and what must be true for
 * them. Nothing at all where no pair has a metric in common, but for `empty`.
 */
export async function ScoresCompared(props: {
  runs: readonly { one: string; two: string }[];
  title: string;
  labelOf: (score: ComparedScoreFragment, side: 'before' | 'after') => string;
  empty: string | null;
  /** What keeps a pair apart from others; they then have axes of their own. */
  seriesOf?: SeriesOf;
  /** What the two sides are called. */
  sides: readonly [string, string];
  remarks?: readonly string[];
}) {
  const { runs, title, labelOf, seriesOf = () => null } = props;
  const answer = await query(SCORES_COMPARED, { runs: [...runs] });
  if (answer.kind !== 'data') return <Unanswered answer={answer} what="The comparison of scores" />;
  const { rows, tested, onlyInOne, onlyInTwo } = answer.data.scoreComparisons;
  if (rows.length === 0) return props.empty === null ? null : <Notice>{props.empty}</Notice>;
  const [first, second] = props.sides;
  const remarks = [...(props.remarks ?? []), ...onlyIn(first, onlyInOne), ...onlyIn(second, onlyInTwo)];
  return (
    <div className="flex flex-col gap-3">
      <PartialNotice problems={answer.problems} />
      <PlotFrame
        title={title}
        note={
          tested === 0
            ? 'No pair could be tested.'
            : `${plural(tested, 'pair')} tested, by the standard errors that the files state; every p is corrected over ${tested === 1 ? 'it' : 'them'}. That no difference is demonstrated does not show that there is none.`
        }
        signs={signsOf(rows)}
        rates="side"
        file={title.replace(/[^\w.-]+/g, '-').slice(0, 80)}
        rows={scoreRows(rows, seriesOf)}
        table={<ScoresTable rows={rows} label={title} sides={props.sides} seriesOf={seriesOf} />}
        remarks={remarks}
      >
        <ScorePicture rows={rows} labelOf={labelOf} seriesOf={seriesOf} label={title} />
      </PlotFrame>
      <Assumptions rows={rows} />
    </div>
  );
}

function signsOf(rows: readonly ComparedScoresFragment[]): Sign[] {
  const bare = rows.some(({ one, two }) =>
    [one, two].some((score) => score.value != null && !score.interval),
  );
  return ['before', 'after', ...(bare ? (['bare'] as const) : [])];
}

const onlyIn = (side: string, scores: readonly ComparedScoreFragment[]): string[] =>
  scores.length === 0
    ? []
    : [
        `Only ${side.toLowerCase()}: ${[...new Set(scores.map(({ metric, condition }) => `${metric} (${condition?.name ?? 'condition not stated'})`))].join(', ')}.`,
      ];

function Assumptions({ rows }: { rows: readonly ComparedScoresFragment[] }) {
  const sentences = [...new Set(rows.flatMap((row) => row.assumptions))];
  if (sentences.length === 0) return null;
  return (
    <div className="text-sm">
      <p className="text-xs font-medium text-ink-3">What must be true for this</p>
      <ul className="mt-0.5 flex list-disc flex-col gap-0.5 pl-5 text-ink-2">
        {sentences.map((one) => (
          <li key={one}>{one}</li>
        ))}
      </ul>
    </div>
  );
}
