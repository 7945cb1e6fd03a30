import { builder } from '../graphql/builder.ts';
import { ComparisonVerdictEnum, PValueCorrectionEnum } from '../graphql/enums.ts';
import { truncationsOf } from '../graphql/list-truncation.ts';
import { decodeId } from '../graphql/node.ts';
import { EvalRunRef } from '../lineage/lineage.refs.ts';
import { resolveRefs } from '../lineage/resolve-refs.ts';
import { NotFoundRefusal } from '../platform/refusal.ts';
import { comparedRowsFields } from './compared-rows.graphql.ts';
import { ComparabilityRef, IntervalRef, MeasurementRef, RateBoundsRef } from './evaluation.refs.ts';
import {
  compareEvalRuns,
  compareMeasurements,
  type EvalRunComparison,
  type MeasurementComparison,
} from './read-comparisons.ts';
import { measurementById } from './read-eval-runs.ts';

const MeasurementComparisonRef = builder.objectRef<MeasurementComparison>('MeasurementComparison').implement({
  description:
    'Two measurements of one behaviour, and what can be said of a difference. Figures are given only where the two may be compared: either everything but the model is the same, or only the items differ and those in both are set against each other.',
  fields: (t) => ({
    one: t.field({ type: MeasurementRef, description: 'The first.', resolve: (row) => row.one }),
    two: t.field({ type: MeasurementRef, description: 'The second.', resolve: (row) => row.two }),
    comparability: t.field({
      type: ComparabilityRef,
      description: 'Whether they may be compared whole, what differs, and what is not known.',
      resolve: (row) => row.comparability,
    }),
    verdict: t.expose('verdict', {
      type: ComparisonVerdictEnum,
      description: 'What can be said, by the p (the corrected one, where there is one).',
    }),
    paired: t.boolean({
      description: 'Whether each item is set against itself.',
      resolve: (row) => row.itemsCompared !== null,
    }),
    pairing: t.exposeString('pairing', { description: 'Over what it is paired, or why it is not.' }),
    itemsInOne: t.int({
      nullable: true,
      description: "The items of the first's run, each once; null where the samples of one are not recorded.",
      resolve: (row) => row.items?.one ?? null,
    }),
    itemsInTwo: t.int({
      nullable: true,
      description: "The items of the second's run.",
      resolve: (row) => row.items?.two ?? null,
    }),
    itemsInBoth: t.int({
      nullable: true,
      description: 'The items of both, by their names.',
      resolve: (row) => row.items?.both ?? null,
    }),
    itemsOfOtherInput: t.int({
      nullable: true,
      description:
        'Of the items in both, how many have the same name and were given another input in each: they are left out of the pairs.',
      resolve: (row) => row.items?.otherInputs ?? null,
    }),
    itemsOfUnknownInput: t.int({
      nullable: true,
      description:
        'Of the items in both, of how many it is not known whether they were given the same: the inputs are not recorded for both, are of different kinds, or are not for the viewer to read.',
      resolve: (row) => row.items?.unknownInputs ?? null,
    }),
    itemsCompared: t.exposeInt('itemsCompared', {
      nullable: true,
      description: 'Items that both scored, where it is paired; else null.',
    }),
    rateOne: t.float({
      nullable: true,
      description: "The first's rate: over the items compared where it is paired, else whole.",
      resolve: (row) => row.tested?.rateOne ?? null,
    }),
    rateTwo: t.float({
      nullable: true,
      description: "The second's rate, likewise.",
      resolve: (row) => row.tested?.rateTwo ?? null,
    }),
    difference: t.float({
      nullable: true,
      description: "The second's rate less the first's, from −1 to 1; null where they may not be compared.",
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
      description: 'Two-sided, of this comparison alone; null where they may not be compared.',
      resolve: (row) => row.tested?.pValue ?? null,
    }),
    midPValue: t.float({
      nullable: true,
      description: "McNemar's mid-p beside the exact one, less conservative; null for other tests.",
      resolve: (row) => row.tested?.midPValue ?? null,
    }),
    correctedPValue: t.exposeFloat('correctedPValue', {
      nullable: true,
      description: 'Corrected for all that were tested together; null where this one was alone.',
    }),
    correction: t.exposeString('correction', {
      nullable: true,
      description: 'The correction in words, and over how many comparisons.',
    }),
    missingDataBounds: t.field({
      type: RateBoundsRef,
      nullable: true,
      description:
        'Between what the difference of the whole rates lies, whatever the samples without a verdict would have shown; null where one does not state them.',
      resolve: (row) => row.missingDataBounds,
    }),
    assumptions: t.exposeStringList('assumptions', {
      description: 'What must hold for the figures to mean what they say.',
    }),
  }),
});

const EvalRunComparisonRef = builder.objectRef<EvalRunComparison>('EvalRunComparison').implement({
  description: 'What two eval runs measured of the same behaviours, row by row.',
  fields: (t) => ({
    truncations: truncationsOf(t),
    one: t.field({ type: EvalRunRef, description: 'The first.', resolve: (found) => found.one }),
    two: t.field({ type: EvalRunRef, description: 'The second.', resolve: (found) => found.two }),
    ...comparedRowsFields(
      t,
      { row: MeasurementComparisonRef, thing: MeasurementRef },
      {
        rows: 'Matched by behaviour and by the name of the condition, among several by grader, in the order of the first.',
        onlyInOne: 'Measurements of the first that no other of the second matches.',
        onlyInTwo: 'Measurements of the second that no other of the first matches.',
        tested: 'Over how many rows p is corrected: those that are tested.',
      },
    ),
  }),
});

builder.queryFields((t) => ({
  measurementComparison: t.field({
    type: MeasurementComparisonRef,
    description:
      'Compares two measurements: item by item where both record how each item did, else rate by rate. No figure is given where they may not be compared.',
    args: {
      one: t.arg.id({ required: true, description: 'The id of the first.' }),
      two: t.arg.id({ required: true, description: 'The id of the second.' }),
    },
    resolve: async (_root, args, context) => {
      const found = (['one', 'two'] as const).map(async (side) => {
        const { id } = decodeId(context, args[side], ['Measurement'], [side]);
        const row = await context.load(measurementById, id);
        if (row === null) throw new NotFoundRefusal([side], 'There is no such measurement.', args[side]);
        return row;
      });
      const [one, two] = await Promise.all(found);
      return compareMeasurements(context, one!, two!);
    },
  }),
  evalRunComparison: t.field({
    type: EvalRunComparisonRef,
    description:
      'Compares what two eval runs measured of the same behaviours under the same conditions; p is corrected for how many are tested.',
    args: {
      one: t.arg({ type: 'NodeRef', required: true, description: 'The first.' }),
      two: t.arg({ type: 'NodeRef', required: true, description: 'The second.' }),
      correction: t.arg({
        type: PValueCorrectionEnum,
        required: true,
        defaultValue: 'HOLM',
        description: 'How p is corrected.',
      }),
    },
    resolve: async (_root, args, context) => {
      const [one, two] = await resolveRefs(context, [
        { ref: args.one, path: ['one'], kinds: ['EVAL_RUN'] },
        { ref: args.two, path: ['two'], kinds: ['EVAL_RUN'] },
      ]);
      return compareEvalRuns(context, one!, two!, args.correction);
    },
  }),
}));
