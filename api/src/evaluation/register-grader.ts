import type { Change } from '../access/change.ts';
import { narrowest } from '../access/narrowest.ts';
import { taken } from '../access/taken-name.ts';
import type { CitationInput } from '../lineage/inputs.ts';
import type { VisibilityWord } from '../lineage/node.ts';
import { recordCitation } from '../lineage/record-citation.ts';
import { resolveRef } from '../lineage/resolve-refs.ts';
import { ConflictRefusal, InputRefusal, NotFoundRefusal } from '../platform/refusal.ts';
import { selectNamespace, selectVersionOfStandard, selectVersionsOfStandards } from './catalogue.store.ts';
import type { GraderKind } from './evaluation.ts';
import { requireNamed } from './find-named.ts';
import { checkThing, insertUnique, ownThing, reading } from './named-thing.ts';

export interface RegisterGraderInput {
  name: string;
  version: string;
  title?: string | null;
  kind: GraderKind;
  prompt?: string | null;
  parser?: string | null;
  model?: string | null;
  owner?: string | null;
  approvedBy?: string | null;
  standard?: string | null;
  standardVersion?: string | null;
  visibility?: VisibilityWord | null;
  citation?: CitationInput | null;
}

/** Registers a version of a grader: who or what judges, by which rubric, owned and approved by whom. */
export async function registerGrader(
  change: Change,
  input: RegisterGraderInput,
): Promise<{ graderVersionId: bigint }> {
  checkThing(input.name, input.version);
  const model =
    input.model == null ? null : await resolveRef(reading(change), input.model, ['model'], ['MODEL_VERSION']);
  const standardVersionId = await standardOf(change, input);
  const by = { teamId: change.teamId, actorId: change.by.actorId };
  let grader = await ownThing(change, 'grader', input.name);
  if (grader === null) {
    const visibility = input.visibility ?? 'MEMBERS';
    const namespace = await selectNamespace(change.tx, change.teamId);
    const { id } = await insertUnique(['name'], taken(input.name), () =>
      change.tx.grader.create({
        data: { namespace, name: input.name, title: input.title ?? null, visibility, ...by },
        select: { id: true },
      }),
    );
    grader = { id, visibility };
  }
  const graderId = grader.id;
  const visibility = narrowest(grader.visibility, input.visibility ?? grader.visibility);
  const existing = await change.tx.graderVersion.findUnique({
    where: { graderId_version: { graderId, version: input.version } },
    select: { id: true },
  });
  const registered = `${input.name} ${input.version} is registered already; what judges otherwise is a new version.`;
  if (existing !== null)
    throw new ConflictRefusal(['version'], registered, {
      existing: { type: 'GraderVersion', id: existing.id },
    });
  const citationId = await recordCitation(change, input.citation, ['citation'], visibility);
  const { id } = await insertUnique(['version'], registered, () =>
    change.tx.graderVersion.create({
      data: {
        graderId,
        version: input.version,
        kind: input.kind,
        prompt: input.prompt ?? null,
        parser: input.parser ?? null,
        modelVersionId: model?.id ?? null,
        owner: input.owner ?? null,
        approvedBy: input.approvedBy ?? null,
        standardVersionId,
        citationId,
        visibility,
        ...by,
      },
      select: { id: true },
    }),
  );
  await change.event(
    { type: 'GRADER_REGISTERED', grader: input.name, version: input.version },
    { visibility },
  );
  return { graderVersionId: id };
}

async function standardOf(change: Change, input: RegisterGraderInput): Promise<bigint | null> {
  if (input.standard == null) {
    if (input.standardVersion != null)
      throw new InputRefusal(
        ['standard'],
        'A version was given, but not of which standard.',
        'the name of a standard',
      );
    return null;
  }
  const { viewer } = change.context;
  const [standard] = await requireNamed(change.tx, viewer, 'standard', [
    { name: input.standard, path: ['standard'] },
  ]);
  const wanted = input.standardVersion ?? null;
  const version = await selectVersionOfStandard(change.tx, viewer, standard!.id, wanted);
  if (version === null) {
    const versions = await selectVersionsOfStandards(change.tx, viewer, [standard!.id]);
    const candidates = versions.map((v) => v.version);
    const asked = input.standardVersion ?? '';
    throw new NotFoundRefusal(
      ['standardVersion'],
      `${input.standard} has no version "${asked}".`,
      asked,
      candidates,
    );
  }
  return version.id;
}
