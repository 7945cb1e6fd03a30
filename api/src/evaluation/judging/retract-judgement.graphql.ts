// What people said of single samples and took back.
import type { Context } from '../../context.ts';
import { builder } from '../../graphql/builder.ts';
import { defineMutation } from '../../graphql/mutation.ts';
import { ActorRef, EvalRunRef } from '../../lineage/lineage.refs.ts';
import { actorById } from '../../lineage/read-actors.ts';
import { shown } from '../../platform/shown.ts';
import { MeasurementRef } from '../evaluation.refs.ts';
import { measurementById, retractedMeasurementsOfRun } from '../read-eval-runs.ts';
import { retractionOfMeasurement } from './read-judgements.ts';
import { retractJudgement } from './retract-judgement.ts';

builder.objectFields(MeasurementRef, (t) => ({
  judged: t.exposeBoolean('judged', {
    description:
      'Whether it counts what a person said of single samples: such a one can be taken back by itself.',
  }),
  retractedBy: t.field({
    type: ActorRef,
    nullable: true,
    description: 'Who took it back by itself; null while it holds, or where it was taken back with its run.',
    resolve: async (row, _a, context) => {
      const retraction = await retractionIn(context, row);
      return retraction?.actorId == null ? null : context.load(actorById, retraction.actorId);
    },
  }),
  retractionReason: t.string({
    nullable: true,
    description: 'Why it was taken back by itself, in their words.',
    resolve: async (row, _a, context) => (await retractionIn(context, row))?.reason ?? null,
  }),
}));

/** Of what is shown as known before it was taken back, nobody knew by then. */
const retractionIn = async (context: Context, row: { id: bigint; retractedAt: Date | null }) =>
  row.retractedAt === null ? null : context.load(retractionOfMeasurement, row.id);

builder.objectField(EvalRunRef, 'retractedMeasurements', (t) =>
  t.field({
    type: [MeasurementRef],
    description: 'Measurements that were taken back by themselves, in the order recorded.',
    resolve: (row, _a, context) => context.load(retractedMeasurementsOfRun, row.id),
  }),
);

defineMutation({
  name: 'retractJudgement',
  description:
    'Takes back what a person said of single samples, with the measurement that counts it. Only who recorded it, their team, or an administrator, may. What was compared with it stays, and says that it was taken back.',
  input: builder.inputType('RetractJudgementInput', {
    description: 'A judgement that is taken back.',
    fields: (t) => ({
      measurement: t.id({ required: true, description: 'The measurement that counts what was said.' }),
      reason: t.string({ required: true, description: 'Why, in at most 2,000 characters.' }),
      idempotencyKey: t.string({
        description: 'The same key and body within 24 hours give the same answer.',
      }),
    }),
  }),
  run: retractJudgement,
  success: (t) => ({
    measurement: t.field({
      type: MeasurementRef,
      description: 'The measurement, which holds no longer.',
      resolve: async (made, _a, context) => shown(await context.load(measurementById, made.measurementId)),
    }),
  }),
});
