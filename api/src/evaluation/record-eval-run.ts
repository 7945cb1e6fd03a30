import type { Change } from '../access/change.ts';
import { holdWidest } from '../access/hold-widest.ts';
import { isWider, narrowest } from '../access/narrowest.ts';
import type { Prisma } from '../generated/prisma/client.ts';
import type { CitationInput } from '../lineage/inputs.ts';
import type { VisibilityWord } from '../lineage/node.ts';
import { formatNodeRef } from '../lineage/node-ref.ts';
import { recordCitation } from '../lineage/record-citation.ts';
import { insertEdges } from '../lineage/record-edges.ts';
import { insertNode } from '../lineage/record-node.ts';
import { type RefToResolve, resolveRefs } from '../lineage/resolve-refs.ts';
import { type InputPath, InputRefusal, NotFoundRefusal } from '../platform/refusal.ts';
import { selectEvaluationVersion, selectVersionsOfEvaluation } from './catalogue.store.ts';
import { type CountedSamples, countedSamples, verdictKeys } from './counted-samples.ts';
import { insertSamples, type SampleToRecord } from './eval-run.store.ts';
import type { EvalRunStatus } from './evaluation.ts';
import { requireNamed } from './find-named.ts';
import { checkStandardError, type MeasurementFigures, settleMeasurement } from './measurement.ts';
import { reading } from './named-thing.ts';
import { type ResolvedJudged, resolveJudged } from './resolve-judging.ts';

export interface MeasurementInput extends MeasurementFigures {
  behavior: string;
  condition?: string | null;
  grader?: string | null;
  citation?: CitationInput | null;
  /** What the recorded samples that it counts say of their spread. */
  counted?: CountedSamples | null;
  /** The rule that made it of samples; and the behaviour, condition and grader, where it is known which are meant. */
  scoringRuleVersionId?: bigint | null;
  conditionId?: bigint | null | undefined;
  behaviorId?: bigint | undefined;
  graderVersionId?: bigint | null | undefined;
}

export interface ScoreInput {
  metric: string;
  value?: number | null;
  standardError?: number | null;
  sampleCount?: number | null;
  unscored?: number | null;
  higherIsBetter?: boolean | null;
  condition?: string | null;
  conditionId?: bigint | null | undefined;
  grader?: string | null;
  note?: string | null;
  /** The places of those of the run's measurements that say the same. */
  coveredBy?: number[];
}

export interface RecordEvalRunInput {
  name: string;
  evaluation: string;
  evaluationVersion: string;
  modelVersion: string;
  testedOn?: string[] | null;
  judgedBy?: string[] | null;
  startedAt?: Date | null;
  status: EvalRunStatus;
  epochs?: number | null;
  measurements?: MeasurementInput[] | null;
  scores?: ScoreInput[] | null;
  visibility?: VisibilityWord | null;
  citation?: CitationInput | null;
}

/** Records an eval run with its edges, measurements and scores, all or nothing. */
export async function recordEvalRun(
  change: Change,
  input: RecordEvalRunInput,
): Promise<{ evalRunId: bigint }> {
  const { viewer } = change.context;
  const [evaluation] = await requireNamed(change.tx, viewer, 'evaluation', [
    { name: input.evaluation, path: ['evaluation'] },
  ]);
  const evaluationId = evaluation?.id ?? 0n;
  const version = await selectEvaluationVersion(change.tx, viewer, evaluationId, input.evaluationVersion);
  if (version === null) {
    const known = await selectVersionsOfEvaluation(change.tx, viewer, evaluationId);
    throw new NotFoundRefusal(
      ['evaluationVersion'],
      `${input.evaluation} has no version "${input.evaluationVersion}".`,
      input.evaluationVersion,
      known.map((v) => v.version),
    );
  }
  const refs: RefToResolve[] = [
    { ref: input.modelVersion, path: ['modelVersion'], kinds: ['MODEL_VERSION'] },
    ...(input.testedOn ?? []).map((ref, i) => ({
      ref,
      path: ['testedOn', i],
      kinds: ['DATASET_VERSION' as const],
    })),
    ...(input.judgedBy ?? []).map((ref, i) => ({
      ref,
      path: ['judgedBy', i],
      kinds: ['MODEL_VERSION' as const],
    })),
  ];
  const [model, ...others] = await resolveRefs(reading(change), refs);
  const tested = input.testedOn?.length ?? 0;
  const widest = await holdWidest(change, { nodes: [model!.id], evaluationVersion: version.id });
  if (input.visibility != null && isWider(input.visibility, widest)) {
    throw new InputRefusal(
      ['visibility'],
      'An eval run may be no more widely visible than its model version and evaluation version.',
      `${widest} or narrower`,
    );
  }
  const visibility = input.visibility ?? narrowest(widest, 'MEMBERS');
  const measurements = input.measurements ?? [];
  const scores = input.scores ?? [];
  const evalRunId = await writeEvalRun(change, {
    name: input.name,
    evaluationVersionId: version.id,
    modelVersionId: model!.id,
    testedOn: others.slice(0, tested).map((node) => node.id),
    judgedBy: others.slice(tested).map((node) => node.id),
    startedAt: input.startedAt ?? null,
    status: input.status,
    epochs: input.epochs ?? null,
    visibility,
    citation: input.citation ?? null,
    measurements,
    scores,
  });
  return { evalRunId };
}

export interface EvalRunToRecord {
  name: string;
  evaluationVersionId: bigint;
  modelVersionId: bigint;
  testedOn?: readonly bigint[];
  judgedBy?: readonly bigint[];
  startedAt: Date | null;
  status: EvalRunStatus;
  epochs: number | null;
  samplesDeclared?: number | null;
  importId?: bigint | null;
  metadata?: Prisma.InputJsonValue;
  visibility: VisibilityWord;
  citation: CitationInput | null;
  measurements: readonly MeasurementInput[];
  scores: readonly ScoreInput[];
  samples?: readonly SampleToRecord[];
}

/**
 * Writes an eval run whose references are resolved: what recordEvalRun and an import share. Behaviours,
 * conditions and graders are still names, found (or refused) at `measurements.N` and `scores.N`.
 */
export async function writeEvalRun(change: Change, run: EvalRunToRecord): Promise<bigint> {
  if (run.epochs !== null && run.epochs < 1)
    throw new InputRefusal(['epochs'], 'A run has at least one epoch.', 'a whole number from 1');
  const { visibility } = run;
  const citationId = await recordCitation(change, run.citation, ['citation'], visibility);
  const id = await insertNode(change, { kind: 'EVAL_RUN', name: run.name, visibility, citationId });
  await change.tx.evalRun.create({
    data: {
      nodeId: id,
      evaluationVersionId: run.evaluationVersionId,
      status: run.status,
      startedAt: run.startedAt,
      epochs: run.epochs,
      sampleCount: run.samples?.length ?? null,
      samplesDeclared: run.samplesDeclared ?? null,
      importId: run.importId ?? null,
      ...(run.metadata === undefined ? {} : { metadata: run.metadata }),
    },
    select: { nodeId: true },
  });
  const testedOn = run.testedOn ?? [];
  const judgedBy = run.judgedBy ?? [];
  const edges = [
    { kind: 'EVALUATED' as const, upstream: run.modelVersionId, path: ['modelVersion'] as InputPath },
    ...testedOn.map((upstream, i) => ({ kind: 'TESTED_ON' as const, upstream, path: ['testedOn', i] })),
    ...judgedBy.map((upstream, i) => ({ kind: 'JUDGED_BY' as const, upstream, path: ['judgedBy', i] })),
  ];
  await insertEdges(
    change,
    edges.map(({ kind, upstream }) => ({ kind, upstream, downstream: id, visibility })),
    (i) => edges[i]?.path ?? [],
  );
  const measurementIds = await insertMeasurements(
    change,
    { id, evaluationVersionId: run.evaluationVersionId, visibility, epochs: run.epochs },
    countedSamples(run.measurements, run.samples ?? []),
    (i) => ['measurements', i],
    run.samples,
  );
  await insertScores(
    change,
    { id, evaluationVersionId: run.evaluationVersionId, visibility, citationId },
    run.scores.map(({ coveredBy = [], ...score }) => ({
      ...score,
      coveredByIds: coveredBy.map((place) => measurementIds[place]!),
    })),
  );
  if (run.samples !== undefined) await insertSamples(change.tx, id, run.samples);
  const ref = formatNodeRef({ kind: 'EVAL_RUN', name: run.name, version: null });
  const event = { type: 'EVAL_RUN_RECORDED', ref } as const;
  await change.event(event, { nodes: [id], visibility });
  const of = { type: 'EvalRun', id } as const;
  await change.event(event, { nodes: [run.modelVersionId], of, visibility, tells: { node: [id] } });
  return id;
}

/**
 * Checks and records measurements of one run, with the samples that are recorded with them, if any; answers their ids in
 * order.
 */
export async function insertMeasurements(
  change: Change,
  run: { id: bigint; evaluationVersionId: bigint; visibility: VisibilityWord; epochs: number | null },
  measurements: readonly MeasurementInput[],
  pathOf: (index: number) => InputPath,
  samples: readonly SampleToRecord[] = [],
): Promise<bigint[]> {
  if (measurements.length === 0) return [];
  const figures = measurements.map((m, i) => settleMeasurement(m, pathOf(i)));
  const judged = await resolveJudged(change, run, measurements, pathOf);
  const keys = verdictKeys(
    measurements.map((m, i) => ({ ...m, behaviorId: judged[i]?.behaviorId ?? null })),
    samples,
  );
  const citations: (bigint | null)[] = [];
  for (const [i, m] of measurements.entries())
    citations.push(await recordCitation(change, m.citation, [...pathOf(i), 'citation'], run.visibility));
  const by = { teamId: change.teamId, actorId: change.by.actorId };
  const rows = await change.tx.measurement.createManyAndReturn({
    data: figures.map((f, i) => {
      const { behaviorId, conditionId, graderVersionId } = judged[i] as ResolvedJudged;
      return {
        ...f,
        evalRunId: run.id,
        behaviorId: behaviorId ?? 0n,
        conditionId,
        graderVersionId,
        epochs: run.epochs,
        ...(measurements[i]?.counted ?? {}),
        verdictKeys: keys[i] ?? [],
        citationId: citations[i] ?? null,
        scoringRuleVersionId: measurements[i]?.scoringRuleVersionId ?? null,
        visibility: run.visibility,
        ...by,
      };
    }),
    select: { id: true },
  });
  return rows.map((row) => row.id);
}

async function insertScores(
  change: Change,
  run: { id: bigint; evaluationVersionId: bigint; visibility: VisibilityWord; citationId: bigint | null },
  scores: readonly (ScoreInput & { coveredByIds: bigint[] })[],
): Promise<void> {
  if (scores.length === 0) return;
  const pathOf = (i: number) => ['scores', i];
  scores.forEach((score, i) => {
    if (score.metric.trim() === '')
      throw new InputRefusal([...pathOf(i), 'metric'], 'The metric has no name.', 'a name');
    if (score.value != null && !Number.isFinite(score.value))
      throw new InputRefusal([...pathOf(i), 'value'], 'The value is no finite number.', 'a finite number');
    if (score.sampleCount != null && score.sampleCount < 0)
      throw new InputRefusal([...pathOf(i), 'sampleCount'], 'A count is a whole number from 0.', 'from 0');
  });
  const judged = await resolveJudged(
    change,
    run,
    scores.map(({ condition, conditionId, grader }) => ({
      condition: condition ?? null,
      conditionId,
      grader: grader ?? null,
    })),
    pathOf,
  );
  await change.tx.score.createMany({
    data: scores.map((score, i) => ({
      evalRunId: run.id,
      metric: score.metric,
      value: score.value ?? null,
      standardError: checkStandardError(score.standardError, [...pathOf(i), 'standardError']),
      sampleCount: score.sampleCount ?? null,
      unscored: score.unscored ?? null,
      higherIsBetter: score.higherIsBetter ?? null,
      conditionId: judged[i]?.conditionId ?? null,
      graderVersionId: judged[i]?.graderVersionId ?? null,
      note: score.note ?? null,
      coveredBy: score.coveredByIds,
      citationId: run.citationId,
      visibility: run.visibility,
      teamId: change.teamId,
      actorId: change.by.actorId,
    })),
  });
}
