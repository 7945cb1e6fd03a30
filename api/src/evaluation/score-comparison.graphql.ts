import { builder } from '../graphql/builder.ts';
import { ComparisonVerdictEnum, PValueCorrectionEnum } from '../graphql/enums.ts';
import { truncationsOf } from '../graphql/list-truncation.ts';
import { resolveRefs } from '../lineage/resolve-refs.ts';
import { InputRefusal } from '../platform/refusal.ts';
import { comparedRowsFields } from './compared-rows.graphql.ts';
import { ComparabilityRef, IntervalRef, ScoreRef } from './evaluation.refs.ts';
import {
  compareScoresOfRuns,
  type ScoreComparison,
  type ScoreComparisons,
} from './read-score-comparisons.ts';

const MOST_PAIRS = 20;

const ScoreComparisonRef = builder.objectRef<ScoreComparison>('ScoreComparison').implement({
  description:
    'Two scores of one metric, before and after or of two models, and what can be said of a difference. Figures are given only where the two may be compared and both state a standard error.',
  fields: (t) => ({
    one: t.field({ type: ScoreRef, description: 'The first.', resolve: (row) => row.one }),
    two: t.field({ type: ScoreRef, description: 'The second.', resolve: (row) => row.two }),
    comparability: t.field({
      type: ComparabilityRef,
      description: 'Whether they may be compared, what differs, and what is not known.',
      resolve: (row) => row.comparability,
    }),
    verdict: t.expose('verdict', {
      type: ComparisonVerdictEnum,
      description: 'What can be said, by the corrected p.',
    }),
    untested: t.exposeString('untested', {
      nullable: true,
      description: 'Why nothing is tested; null where it is.',
    }),
    difference: t.float({
      nullable: true,
      description:
        "The second's value less the first's, in the unit of the metric; null where nothing is tested.",
      resolve: (row) => row.tested?.difference ?? null,
    }),
    interval: t.field({
      type: IntervalRef,
      nullable: true,
      description: 'The 95 % interval of the difference, not corrected for how many are compared.',
      resolve: (row) => row.tested?.interval ?? null,
    }),
    test: t.string({
      nullable: true,
      description: 'Which test gives the p.',
      resolve: (row) => row.tested?.test ?? null,
    }),
    pValue: t.float({
      nullable: true,
      description: 'Two-sided, of this comparison alone; null where nothing is tested.',
      resolve: (row) => row.tested?.pValue ?? null,
    }),
    correctedPValue: t.exposeFloat('correctedPValue', {
      nullable: true,
      description: 'Corrected for all that were tested together.',
    }),
    correction: t.exposeString('correction', {
      nullable: true,
      description: 'The correction in words, and over how many comparisons.',
    }),
    assumptions: t.exposeStringList('assumptions', {
      description: 'What must hold for the figures to mean what they say.',
    }),
  }),
});

const ScoreComparisonsRef = builder.objectRef<ScoreComparisons>('ScoreComparisons').implement({
  description: 'What pairs of eval runs scored by the same metrics, row by row.',
  fields: (t) => ({
    truncations: truncationsOf(t),
    ...comparedRowsFields(
      t,
      { row: ScoreComparisonRef, thing: ScoreRef },
      {
        rows: 'Matched by metric and by the name of the condition, among several by grader and by how epochs were reduced, in the order of the pairs.',
        onlyInOne: 'Scores of the first runs that no other of their partners matches.',
        onlyInTwo: 'Scores of the second runs that no other of their partners matches.',
        tested: 'Over how many rows p is corrected: those of all pairs that are tested.',
      },
    ),
  }),
});

const EvalRunPairInput = builder.inputType('EvalRunPairInput', {
  description: 'Two eval runs to be compared, such as before and after an intervention.',
  fields: (t) => ({
    one: t.field({ type: 'NodeRef', required: true, description: 'The first, or the one before.' }),
    two: t.field({ type: 'NodeRef', required: true, description: 'The second, or the one after.' }),
  }),
});

builder.queryField('scoreComparisons', (t) =>
  t.field({
    type: ScoreComparisonsRef,
    description:
      'Compares what pairs of eval runs scored by the same metrics under the same conditions: metrics that are no behaviour. p is corrected over all pairs.',
    args: {
      runs: t.arg({
        type: [EvalRunPairInput],
        required: true,
        description: `The pairs: at least one, and at most ${MOST_PAIRS}.`,
      }),
      correction: t.arg({
        type: PValueCorrectionEnum,
        required: true,
        defaultValue: 'HOLM',
        description: 'How p is corrected.',
      }),
    },
    resolve: async (_root, { runs, correction }, context) => {
      if (runs.length === 0 || runs.length > MOST_PAIRS)
        throw new InputRefusal(['runs'], 'There are none, or too many.', `1 to ${MOST_PAIRS} pairs`);
      const found = await resolveRefs(
        context,
        runs.flatMap(({ one, two }, i) => [
          { ref: one, path: ['runs', `${i}`, 'one'], kinds: ['EVAL_RUN' as const] },
          { ref: two, path: ['runs', `${i}`, 'two'], kinds: ['EVAL_RUN' as const] },
        ]),
      );
      const pairs = runs.map((_, i) => [found[2 * i]!, found[2 * i + 1]!] as const);
      return compareScoresOfRuns(context, pairs, correction);
    },
  }),
);
