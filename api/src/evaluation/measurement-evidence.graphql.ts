import { builder } from '../graphql/builder.ts';
import { bootstrapInterval } from './bootstrap-measurement.ts';
import { IntervalRef, MeasurementRef, RateBoundsRef } from './evaluation.refs.ts';
import { missingBounds } from './measurement.ts';

RateBoundsRef.implement({
  description: 'Two ends between which a rate, or a difference of rates, must lie.',
  fields: (t) => ({
    lower: t.exposeFloat('lower', { description: 'The lower end.' }),
    upper: t.exposeFloat('upper', { description: 'The upper end.' }),
  }),
});

builder.objectFields(MeasurementRef, (t) => ({
  missingDataBounds: t.field({
    type: RateBoundsRef,
    nullable: true,
    description:
      'Between which rates these samples lie, whatever those without a verdict (unscored, and grader errors) would have shown; what was excluded on purpose is left out. No interval: it says nothing of other samples. Null where there are no counts, or neither is stated.',
    resolve: (row) => missingBounds(row),
  }),
  clusters: t.exposeInt('clusters', {
    nullable: true,
    description:
      'How many clusters the samples counted are in: scenarios where they name one, else samples with their epochs. Null where it is not recorded how each did.',
  }),
  clusteredStandardError: t.exposeFloat('clusterError', {
    nullable: true,
    description:
      'The standard error of the rate by these clusters, without a small-sample factor (Miller 2024); null where they are not known. 0 is no certainty, and the interval takes it for none.',
  }),
  bootstrapInterval: t.field({
    type: IntervalRef,
    nullable: true,
    description:
      'The 95 % interval by drawing whole clusters anew, bias-corrected and accelerated; null where they are not recorded, are fewer than two, or show no variation. The same seed gives the same interval.',
    args: {
      resamples: t.arg.int({ required: true, defaultValue: 2000, description: 'How often: 100 to 10,000.' }),
      seed: t.arg.int({ required: true, defaultValue: 1, description: 'Where the drawing starts.' }),
    },
    resolve: (row, args, context) => bootstrapInterval(context, row, args),
  }),
}));
