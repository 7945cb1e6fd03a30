import type { Change } from '../access/change.ts';
import { formatNodeRef } from '../lineage/node-ref.ts';
import { resolveRef } from '../lineage/resolve-refs.ts';
import { NotFoundRefusal } from '../platform/refusal.ts';
import { selectEvalRunFacts } from './eval-run.store.ts';
import { reading } from './named-thing.ts';
import { insertMeasurements, type MeasurementInput } from './record-eval-run.ts';

/** Adds one measurement to an eval run that is recorded already. */
export async function recordMeasurement(
  change: Change,
  input: { evalRun: string; measurement: MeasurementInput },
): Promise<{ measurementId: bigint }> {
  const run = await resolveRef(reading(change), input.evalRun, ['evalRun'], ['EVAL_RUN']);
  const [facts] = await selectEvalRunFacts(change.tx, change.context.viewer, [run.id]);
  if (facts === undefined || run.retractedAt !== null)
    throw new NotFoundRefusal(['evalRun'], 'This eval run was retracted.', input.evalRun);
  const { visibility } = run;
  const [measurementId] = await insertMeasurements(
    change,
    { id: run.id, evaluationVersionId: facts.evaluationVersionId, visibility, epochs: facts.epochs },
    [input.measurement],
    () => ['measurement'],
  );
  const ref = formatNodeRef({ ...run, name: run.name ?? '' });
  await change.event(
    { type: 'MEASUREMENT_RECORDED', evalRun: ref, behavior: input.measurement.behavior },
    { nodes: [run.id], visibility, tells: { measurement: [measurementId!] } },
  );
  return { measurementId: measurementId! };
}
