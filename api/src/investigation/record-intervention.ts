import type { Change } from '../access/change.ts';
import { findMeasurements, findReportedResults } from '../evaluation/find-figures.ts';
import { holdIncident } from '../incident/held-incident.ts';
import { markChanged } from '../incident/record-links.ts';
import type { CitationInput } from '../lineage/inputs.ts';
import type { AmountUnit, TrainingStage } from '../lineage/kinds.ts';
import { recordCitation } from '../lineage/record-citation.ts';
import { resolveRef } from '../lineage/resolve-refs.ts';
import { type InputPath, InputRefusal, NotFoundRefusal } from '../platform/refusal.ts';
import type { InterventionOutcome } from './investigation.ts';

export interface ComparisonInput {
  label: string;
  beforeMeasurement?: string | null;
  afterMeasurement?: string | null;
  beforeResult?: string | null;
  afterResult?: string | null;
}

export interface RecordInterventionInput {
  incident: string;
  title: string;
  description: string;
  outcome: InterventionOutcome;
  caveat?: string | null;
  occurredAt?: Date | null;
  addedData?: string | null;
  addedAmount?: number | null;
  addedUnit?: AmountUnit | null;
  addedDescription?: string | null;
  stage?: TrainingStage | null;
  comparisons?: ComparisonInput[] | null;
  citation?: CitationInput | null;
}

/** Records what was tried against the behaviour, the data it added, and what was measured before and after. */
export async function recordIntervention(
  change: Change,
  input: RecordInterventionInput,
): Promise<{ interventionId: bigint }> {
  const { node } = await holdIncident(change, input.incident);
  if (input.title.trim() === '') throw new InputRefusal(['title'], 'The title is empty.', 'what was tried');
  if (input.addedAmount != null && !(input.addedAmount >= 0 && Number.isFinite(input.addedAmount)))
    throw new InputRefusal(['addedAmount'], 'The amount is no number from 0.', 'from 0');
  if ((input.addedAmount == null) !== (input.addedUnit == null))
    throw new InputRefusal(
      [input.addedUnit == null ? 'addedUnit' : 'addedAmount'],
      'An amount has a unit, and a unit an amount.',
      'both or neither',
    );
  const { viewer, ids, db } = change.context;
  const added =
    input.addedData == null
      ? null
      : await resolveRef(
          { viewer, ids, db, tx: change.tx },
          input.addedData,
          ['addedData'],
          ['DATASET_VERSION', 'SOURCE', 'TRAINING_RUN'],
        );
  const comparisons = await resolveComparisons(change, input.comparisons ?? []);
  const { visibility } = node;
  const citationId = await recordCitation(change, input.citation, ['citation'], visibility);
  const { id } = await change.tx.intervention.create({
    data: {
      incidentId: node.id,
      title: input.title.trim(),
      description: input.description,
      outcome: input.outcome,
      caveat: input.caveat ?? null,
      occurredAt: input.occurredAt ?? null,
      addedNodeId: added?.id ?? null,
      addedAmount: input.addedAmount ?? null,
      addedUnit: input.addedUnit ?? null,
      addedDescription: input.addedDescription ?? null,
      stage: input.stage ?? null,
      citationId,
      visibility,
      teamId: change.teamId,
      actorId: change.by.actorId,
    },
    select: { id: true },
  });
  if (comparisons.length > 0)
    await change.tx.interventionComparison.createMany({
      data: comparisons.map((c, position) => ({ interventionId: id, position, ...c })),
    });
  const tells = { intervention: [id] };
  await markChanged(change, node.id, tells);
  await change.event(
    { type: 'INTERVENTION_RECORDED', title: input.title.trim(), outcome: input.outcome },
    { nodes: [node.id], visibility, tells },
  );
  return { interventionId: id };
}

interface ResolvedComparison {
  label: string;
  beforeMeasurementId: bigint | null;
  afterMeasurementId: bigint | null;
  beforeResultId: bigint | null;
  afterResultId: bigint | null;
}

async function resolveComparisons(
  change: Change,
  inputs: readonly ComparisonInput[],
): Promise<ResolvedComparison[]> {
  const asked: { path: InputPath; type: 'Measurement' | 'ReportedResult'; id: bigint; ref: string }[] = [];
  const decode = (
    ref: string | null | undefined,
    type: 'Measurement' | 'ReportedResult',
    path: InputPath,
  ): bigint | null => {
    if (ref == null) return null;
    const thing = change.context.ids.decode(ref);
    const what = type === 'Measurement' ? 'a measurement' : 'a reported result';
    if (thing === null || thing.type !== type)
      throw new InputRefusal(path, `This is not the id of ${what}.`, `the id of ${what}`);
    asked.push({ path, type, id: thing.id, ref });
    return thing.id;
  };
  const resolved = inputs.map((input, i) => {
    const path = ['comparisons', i];
    if (input.label.trim() === '')
      throw new InputRefusal([...path, 'label'], 'The label is empty.', 'a label');
    if (input.beforeMeasurement != null && input.beforeResult != null)
      throw new InputRefusal(
        [...path, 'beforeResult'],
        'Give a measurement or a reported result, not both.',
        'one of the two',
      );
    if (input.afterMeasurement != null && input.afterResult != null)
      throw new InputRefusal(
        [...path, 'afterResult'],
        'Give a measurement or a reported result, not both.',
        'one of the two',
      );
    const row = {
      label: input.label,
      beforeMeasurementId: decode(input.beforeMeasurement, 'Measurement', [...path, 'beforeMeasurement']),
      afterMeasurementId: decode(input.afterMeasurement, 'Measurement', [...path, 'afterMeasurement']),
      beforeResultId: decode(input.beforeResult, 'ReportedResult', [...path, 'beforeResult']),
      afterResultId: decode(input.afterResult, 'ReportedResult', [...path, 'afterResult']),
    };
    const { label: _label, ...sides } = row;
    if (Object.values(sides).every((side) => side === null))
      throw new InputRefusal(
        path,
        'The comparison has neither a before nor an after.',
        'at least one of them',
      );
    return row;
  });
  const of = (type: string) => asked.filter((a) => a.type === type).map((a) => a.id);
  const found = {
    Measurement: await findMeasurements(change, of('Measurement')),
    ReportedResult: await findReportedResults(change, of('ReportedResult')),
  };
  for (const { path, type, id, ref } of asked) {
    if (!found[type].has(id))
      throw new NotFoundRefusal(path, 'There is no such thing that you may see.', ref);
  }
  return resolved;
}
