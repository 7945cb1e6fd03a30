import type { Change } from '../access/change.ts';
import { holdWidest } from '../access/hold-widest.ts';
import { narrowest } from '../access/narrowest.ts';
import { ensureConditions } from '../evaluation/ensure-conditions.ts';
import { findNamed } from '../evaluation/find-named.ts';
import { evaluationVersionById, graderVersionById } from '../evaluation/read-evaluations.ts';
import { writeEvalRun } from '../evaluation/record-eval-run.ts';
import { registerBehavior } from '../evaluation/register-behavior.ts';
import { registerEvaluation } from '../evaluation/register-evaluation.ts';
import { registerGrader } from '../evaluation/register-grader.ts';
import type { Prisma } from '../generated/prisma/client.ts';
import type { VisibilityWord } from '../lineage/node.ts';
import { ConflictRefusal } from '../platform/refusal.ts';
import { type EnsuredDataset, ensureDatasetVersion } from './ensure-dataset-version.ts';
import { type EnsuredModel, ensureModelVersion } from './ensure-model-version.ts';
import { selectHidden } from './import.store.ts';
import type { ImportPlan, PlannedDataset, PlannedGrader, PlannedModel } from './planned.ts';

export interface RunOfFile {
  importId: bigint;
  /** What the eval run is called. */
  name: string;
  /** What a citation calls the file, before its name. */
  source: string;
  fileName: string;
  digest: string;
  visibility: VisibilityWord;
  /** The models that earlier runs of the file were of: a file of many tasks is of one. */
  models: Map<string, EnsuredModel>;
  /** The same of datasets. */
  datasets: Map<string, EnsuredDataset>;
}

/** Records what a plan says, reusing what is there of its evaluation, model, graders and behaviours. */
export async function recordImportedRun(
  change: Change,
  plan: ImportPlan,
  file: RunOfFile,
): Promise<{ runId: bigint; visibility: VisibilityWord; warnings: string[]; ofRules: string[] }> {
  await refuseHidden(change, plan);
  const model = await modelOf(change, plan.model, file);
  const evaluation = await ensureEvaluationVersion(change, plan, file.visibility);
  // Samples name the behaviours that they were judged for.
  const behaviors = await ensureBehaviors(change, plan, file.visibility);
  const held = narrowest(file.visibility, model.visibility, evaluation.visibility);
  const visibility = narrowest(held, ...behaviors);
  const fewer = (what: string) =>
    `${what} is seen by fewer people, so the eval run is visible as ${visibility}.`;
  const warnings = held === file.visibility ? [] : [fewer('Its model or evaluation')];
  // Of a behaviour that not everybody sees, others are not told that there is something to be told.
  const ofRules = visibility === held ? [] : [fewer('A behaviour that is measured')];
  const graders: EnsuredGrader[] = [];
  for (const grader of plan.graders) graders.push(await ensureGrader(change, grader, file));
  const datasets: EnsuredDataset[] = [];
  for (const dataset of plan.datasets) datasets.push(await datasetOf(change, dataset, file));
  warnings.push(...datasets.flatMap(({ refused }) => refused ?? []));
  const conditions = await ensureConditions(change, evaluation.id, plan.conditions);
  const conditionId = (name: string | null | undefined) => (name == null ? null : conditions.get(name));
  const graderRef = (index: number | null) => (index === null ? null : graders[index]!.ref);
  const runId = await writeEvalRun(change, {
    name: file.name,
    evaluationVersionId: evaluation.id,
    modelVersionId: model.id,
    testedOn: [...new Set(datasets.flatMap(({ id }) => id ?? []))],
    judgedBy: [...new Set(graders.flatMap((grader) => grader.modelId ?? []))],
    startedAt: plan.startedAt,
    status: plan.status,
    epochs: plan.epochs,
    samplesDeclared: plan.samplesDeclared,
    importId: file.importId,
    metadata: {
      ...plan.metadata,
      runIdentity: plan.runIdentity,
      contentDigest: plan.contentDigest,
      // By this a person confirms what is meant, whatever it is recorded as.
      statedModel: { name: plan.model.name, version: plan.model.version },
      ...(plan.datasets.length === 0
        ? {}
        : { testedOn: plan.datasets.map((dataset, i) => statedOf(dataset, datasets[i]!)) }),
    } as Prisma.InputJsonObject,
    visibility,
    citation: {
      source: `${file.source} ${file.fileName}`,
      locator: `sha256:${file.digest}`,
      certainty: 'PRIMARY',
    },
    measurements: plan.measurements.map(({ grader, ...counts }) => ({
      ...counts,
      conditionId: conditionId(counts.condition),
      sampleCount: counts.exhibited + counts.notExhibited,
      grader: graderRef(grader),
      qualifier: 'EXACT',
    })),
    scores: plan.scores.map(({ grader, ...score }) => ({
      ...score,
      conditionId: conditionId(score.condition),
      grader: graderRef(grader),
    })),
    ...(plan.samples === null ? {} : { samples: plan.samples }),
  });
  return { runId, visibility, warnings, ofRules };
}

async function modelOf(change: Change, model: PlannedModel, file: RunOfFile): Promise<EnsuredModel> {
  const key = JSON.stringify([model.name, model.version]);
  const known = file.models.get(key);
  if (known !== undefined) return known;
  const ensured = await ensureModelVersion(change, model, file.visibility);
  file.models.set(key, ensured);
  return ensured;
}

/** As the page of the run tells it: what the file says, and the node that this was recorded as. */
const statedOf = ({ name, version, part }: PlannedDataset, { id }: EnsuredDataset) => ({
  name,
  version,
  part,
  recordedAs: id === null ? null : String(id),
});

async function datasetOf(change: Change, dataset: PlannedDataset, file: RunOfFile): Promise<EnsuredDataset> {
  const key = JSON.stringify([dataset.name, dataset.version]);
  const known = file.datasets.get(key);
  if (known !== undefined) return known;
  const ensured = await ensureDatasetVersion(change, dataset, file.visibility);
  file.datasets.set(key, ensured);
  return ensured;
}

/** Nothing is made under a name that belongs to what the viewer may not see: they could not see it either. */
async function refuseHidden(change: Change, plan: ImportPlan): Promise<void> {
  const named = [plan.model, ...plan.graders.flatMap((grader) => grader.model ?? [])];
  const models = named.filter((model) => model.confirmed === undefined);
  const hidden = await selectHidden(change.tx, change.context.viewer, change.teamId, {
    model: models.map((model) => model.name),
    evaluation: [plan.evaluation.name],
    grader: plan.graders.map((grader) => grader.name),
    behavior: plan.behaviors.map((behavior) => behavior.name),
  });
  if (hidden[0] !== undefined) throw unseen(hidden[0]);
}

/** Registering what is registered is a conflict that names it: then that is what is meant, if it may be seen. */
async function orExisting(
  type: string,
  register: () => Promise<bigint>,
): Promise<{ id: bigint; made: boolean }> {
  try {
    return { id: await register(), made: true };
  } catch (error) {
    if (!(error instanceof ConflictRefusal) || error.existing?.type !== type) throw error;
    return { id: error.existing.id, made: false };
  }
}

async function ensureEvaluationVersion(
  change: Change,
  plan: ImportPlan,
  visibility: VisibilityWord,
): Promise<{ id: bigint; visibility: VisibilityWord }> {
  const { name, version, title } = plan.evaluation;
  const { id, made } = await orExisting('EvaluationVersion', async () => {
    const input = { name, version, title, visibility };
    return (await registerEvaluation(change, input)).evaluationVersionId;
  });
  if (!made) {
    // One that an earlier run of the file made is not yet seen by the loader, which reads what is committed.
    const own = await change.tx.evaluationVersion.findFirst({
      where: { id, actorId: change.by.actorId },
      select: { id: true },
    });
    if (own === null && (await change.context.load(evaluationVersionById, id)) === null)
      throw unseen(`${name} ${version}`);
  }
  return { id, visibility: await holdWidest(change, { evaluationVersion: id }) };
}

interface EnsuredGrader {
  ref: string;
  modelId: bigint | null;
}

async function ensureGrader(change: Change, grader: PlannedGrader, file: RunOfFile): Promise<EnsuredGrader> {
  const { visibility } = file;
  const { name, version, kind, prompt, parser } = grader;
  const { context } = change;
  const judge = grader.model === null ? null : await modelOf(change, grader.model, file);
  const model = judge === null ? null : context.ids.encode('ModelVersion', judge.id);
  const { id, made } = await orExisting('GraderVersion', async () => {
    const input = { name, version, kind, prompt, parser, model, visibility };
    return (await registerGrader(change, input)).graderVersionId;
  });
  // One that this import made a moment ago is not yet seen by the loader, which reads what is committed.
  if (!made && !(await isMadeHere(change, id)) && (await context.load(graderVersionById, id)) === null)
    throw unseen(`${name} ${version}`);
  return { ref: `${name}@${version}`, modelId: judge?.id ?? null };
}

async function isMadeHere(change: Change, graderVersionId: bigint): Promise<boolean> {
  const own = await change.tx.graderVersion.findFirst({
    where: { id: graderVersionId, actorId: change.by.actorId },
    select: { id: true },
  });
  return own !== null;
}

/** Registers the behaviours that are none yet; answers how widely those are seen that were there. */
async function ensureBehaviors(
  change: Change,
  plan: ImportPlan,
  visibility: VisibilityWord,
): Promise<VisibilityWord[]> {
  const names = plan.behaviors.map((behavior) => behavior.name);
  const found = await findNamed(change.tx, change.context.viewer, 'behavior', names);
  for (const behavior of plan.behaviors) {
    if (!found.has(behavior.name)) await registerBehavior(change, { ...behavior, visibility });
  }
  const held = await change.tx.behavior.findMany({
    where: { id: { in: [...found.values()].map(({ id }) => id) } },
    select: { visibility: true },
  });
  return held.map((behavior) => behavior.visibility);
}

function unseen(name: string): ConflictRefusal {
  return new ConflictRefusal(['name'], `The name ${name} is taken by something that you may not see.`);
}
