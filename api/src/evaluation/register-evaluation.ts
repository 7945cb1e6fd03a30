import type { Change } from '../access/change.ts';
import { narrowest } from '../access/narrowest.ts';
import { taken } from '../access/taken-name.ts';
import type { CitationInput } from '../lineage/inputs.ts';
import type { VisibilityWord } from '../lineage/node.ts';
import { checkUrl, recordCitation } from '../lineage/record-citation.ts';
import { checkName } from '../lineage/record-node.ts';
import { ConflictRefusal, InputRefusal } from '../platform/refusal.ts';
import { selectNamespace } from './catalogue.store.ts';
import { type ConditionToRecord, insertDeclared } from './condition.store.ts';
import { checkThing, insertUnique, ownThing } from './named-thing.ts';

export interface RegisterEvaluationInput {
  name: string;
  version: string;
  title?: string | null;
  description?: string | null;
  url?: string | null;
  releasedAt?: Date | null;
  conditions?: ConditionToRecord[] | null;
  visibility?: VisibilityWord | null;
  citation?: CitationInput | null;
}

/** Registers a version of an evaluation, and the evaluation itself where the team has none of this name. */
export async function registerEvaluation(
  change: Change,
  input: RegisterEvaluationInput,
): Promise<{ evaluationVersionId: bigint }> {
  checkThing(input.name, input.version);
  checkUrl(input.url, ['url']);
  const conditions = input.conditions ?? [];
  const seen = new Set<string>();
  conditions.forEach((condition, i) => {
    const path = ['conditions', i, 'name'];
    checkName(condition.name, path);
    if (seen.has(condition.name))
      throw new InputRefusal(path, 'This condition is given twice.', 'each name once');
    seen.add(condition.name);
  });
  const evaluation = await evaluationOf(change, input);
  const visibility = narrowest(evaluation.visibility, input.visibility ?? evaluation.visibility);
  const existing = await change.tx.evaluationVersion.findUnique({
    where: { evaluationId_version: { evaluationId: evaluation.id, version: input.version } },
    select: { id: true },
  });
  const registered = `${input.name} ${input.version} is registered already.`;
  if (existing !== null)
    throw new ConflictRefusal(['version'], registered, {
      existing: { type: 'EvaluationVersion', id: existing.id },
    });
  const citationId = await recordCitation(change, input.citation, ['citation'], visibility);
  const { id } = await insertUnique(['version'], registered, () =>
    change.tx.evaluationVersion.create({
      data: {
        evaluationId: evaluation.id,
        version: input.version,
        releasedAt: input.releasedAt ?? null,
        citationId,
        visibility,
        teamId: change.teamId,
        actorId: change.by.actorId,
      },
      select: { id: true },
    }),
  );
  await insertDeclared(change.tx, id, conditions);
  await change.event(
    { type: 'EVALUATION_REGISTERED', evaluation: input.name, version: input.version },
    { visibility },
  );
  return { evaluationVersionId: id };
}

async function evaluationOf(
  change: Change,
  input: RegisterEvaluationInput,
): Promise<{ id: bigint; visibility: VisibilityWord }> {
  const own = await ownThing(change, 'evaluation', input.name);
  if (own !== null) return own;
  const namespace = await selectNamespace(change.tx, change.teamId);
  const visibility = input.visibility ?? 'MEMBERS';
  const { id } = await insertUnique(['name'], taken(input.name), () =>
    change.tx.evaluation.create({
      data: {
        namespace,
        name: input.name,
        title: input.title ?? null,
        description: input.description ?? null,
        url: input.url ?? null,
        visibility,
        teamId: change.teamId,
        actorId: change.by.actorId,
      },
      select: { id: true },
    }),
  );
  return { id, visibility };
}
