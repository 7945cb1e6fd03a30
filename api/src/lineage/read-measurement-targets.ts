import type { Context } from '../context.ts';
import { loadsOne } from '../platform/loader.ts';
import { type MeasurementTarget, selectMeasurementTargets } from './facts.store.ts';

/** Who asserts a content measurement, and of which dataset version; null where it is not visible. */
export const measurementTargetById = loadsOne<Context, MeasurementTarget>(
  'measurementTargetById',
  async (context, ids) =>
    new Map((await selectMeasurementTargets(context.db, context.viewer, ids)).map((row) => [row.id, row])),
);
