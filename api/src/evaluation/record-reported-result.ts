import type { Change } from '../access/change.ts';
import { holdWidest } from '../access/hold-widest.ts';
import { narrowest } from '../access/narrowest.ts';
import type { CitationInput } from '../lineage/inputs.ts';
import type { VisibilityWord } from '../lineage/node.ts';
import { recordCitation } from '../lineage/record-citation.ts';
import { resolveRef } from '../lineage/resolve-refs.ts';
import { InputRefusal } from '../platform/refusal.ts';
import { requireNamed } from './find-named.ts';
import type { Qualifier } from './measurement.ts';
import { reading } from './named-thing.ts';

export interface RecordReportedResultInput {
  incident?: string | null;
  statement: string;
  value?: number | null;
  lower?: number | null;
  upper?: number | null;
  unit?: string | null;
  qualifier: Qualifier;
  behavior?: string | null;
  modelVersion?: string | null;
  subject?: string | null;
  citation: CitationInput;
  visibility?: VisibilityWord | null;
}

/** Records what a publication reports and what is no measurement here: an aggregate, a ratio, an unnamed model. */
export async function recordReportedResult(
  change: Change,
  input: RecordReportedResultInput,
): Promise<{ reportedResultId: bigint }> {
  if (input.statement.trim() === '')
    throw new InputRefusal(['statement'], 'The statement is empty.', 'what the publication says');
  for (const name of ['value', 'lower', 'upper'] as const) {
    if (input[name] != null && !Number.isFinite(input[name]))
      throw new InputRefusal([name], 'This is no finite number.', 'a finite number');
  }
  const { lower, upper, value } = input;
  if (lower != null && upper != null && lower > upper)
    throw new InputRefusal(['upper'], 'The range ends before it begins.', `at least ${lower}`);
  if (value != null && ((lower != null && value < lower) || (upper != null && value > upper)))
    throw new InputRefusal(['value'], 'The value lies outside its own range.', 'a value within the range');
  const incident =
    input.incident == null
      ? null
      : await resolveRef(reading(change), input.incident, ['incident'], ['INCIDENT']);
  const model =
    input.modelVersion == null
      ? null
      : await resolveRef(reading(change), input.modelVersion, ['modelVersion'], ['MODEL_VERSION']);
  const [behavior] =
    input.behavior == null
      ? []
      : await requireNamed(change.tx, change.context.viewer, 'behavior', [
          { name: input.behavior, path: ['behavior'] },
        ]);
  const widest = incident?.visibility ?? (await widestOf(change, model));
  const visibility = narrowest(widest, input.visibility ?? incident?.visibility ?? 'MEMBERS');
  const citationId = await recordCitation(change, input.citation, ['citation'], visibility);
  const { id } = await change.tx.reportedResult.create({
    data: {
      incidentId: incident?.id ?? null,
      statement: input.statement,
      value: value ?? null,
      lower: lower ?? null,
      upper: upper ?? null,
      unit: input.unit ?? null,
      qualifier: input.qualifier,
      behaviorId: behavior?.id ?? null,
      modelVersionId: model?.id ?? null,
      subject: input.subject ?? null,
      citationId: citationId!,
      visibility,
      teamId: change.teamId,
      actorId: change.by.actorId,
    },
    select: { id: true },
  });
  const event = { type: 'REPORTED_RESULT_RECORDED', statement: input.statement } as const;
  const told = { of: { type: 'ReportedResult', id }, visibility } as const;
  if (incident !== null || model === null)
    await change.event(event, { ...told, nodes: incident === null ? [] : [incident.id] });
  // A result of an incident is seen by whoever sees that and the incident, whoever else sees the model.
  if (model !== null)
    await change.event(event, {
      ...told,
      nodes: [model.id],
      tells: { reportedResult: [id], node: incident === null ? [] : [incident.id] },
    });
  return { reportedResultId: id };
}

/** Of no incident, it is for nobody for whom its model version is not. */
const widestOf = async (change: Change, model: { id: bigint } | null): Promise<VisibilityWord> =>
  model === null ? 'PUBLIC' : holdWidest(change, { nodes: [model.id] });
