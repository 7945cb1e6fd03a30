// One eval run of a file that is no Inspect log, from what its reader found.
import { UNVERSIONED } from '../../evaluation/evaluation.ts';
import { keptAs, toldOf } from '../datasets/stated-dataset.ts';
import type { JsonObject } from '../inspect/inspect-log.ts';
import { bounded, digestOf, LONGEST_NAME, sha256, thingName, UnfitLog } from '../plan-values.ts';
import type { ImportPlan, PlannedModel } from '../planned.ts';
import { FileReport } from './file-report.ts';

const LONGEST_TASK = 160;

export interface RunFacts
  extends Pick<ImportPlan, 'model' | 'status' | 'startedAt' | 'scores' | 'metadata'>,
    Partial<
      Pick<ImportPlan, 'datasets' | 'graders' | 'measurements' | 'behaviors' | 'samplesDeclared' | 'epochs'>
    > {
  evaluation: { name: string; version: string | null; title?: string | null };
  condition: { name: string; factors: JsonObject } | null;
  samples: ImportPlan['samples'];
  /** What an earlier reader made of it otherwise, so that what it recorded is known to be the same run. */
  formerly?: { evaluation: string; condition: RunFacts['condition'] };
  /** What tells this run from all others, as far as the file states it; equal in every file of the run. */
  identity: object;
  /** SHA-256 of the file. */
  fileDigest: string;
  report?: FileReport;
}

/** The plan of a run. Throws UnfitLog where its names hold nothing. */
export function planRun(facts: RunFacts): ImportPlan {
  const { report = new FileReport(), status, startedAt, scores, samples, metadata } = facts;
  const evaluation = planEvaluation(facts, report);
  const model = { name: modelName(facts.model.name), version: bounded(facts.model.version, LONGEST_NAME) };
  const condition = planCondition(facts.condition);
  const measurements = facts.measurements ?? [];
  const datasets = facts.datasets ?? [];
  for (const dataset of datasets) {
    report.keep(dataset.field, keptAs(dataset));
    const told = toldOf(dataset);
    if (told !== null) report.warn(told);
  }
  const runIdentity = digestOf({ ...facts.identity, evaluation, model, condition });
  const said = samples === null ? null : saidOf(samples);
  const contentDigest = digestOf({
    evaluation,
    model,
    condition,
    status,
    scores,
    measurements,
    samples: said,
  });
  const runName = `${bounded(evaluation.name, LONGEST_TASK)}/${runIdentity.slice(0, 8)}`;
  const content = contentDigest.slice(0, 8);
  return {
    evaluation,
    model,
    datasets,
    runNames: [runName, `${runName}-${content}`, `${runName}-${content}-${facts.fileDigest.slice(0, 12)}`],
    runIdentity,
    ...formerIdentities(facts, evaluation, model, runIdentity),
    contentDigest,
    status,
    startedAt,
    epochs: facts.epochs ?? 1,
    sampleCount: samples?.length ?? null,
    samplesDeclared: facts.samplesDeclared ?? null,
    graders: facts.graders ?? [],
    conditions: condition === null ? [] : [condition],
    behaviors: facts.behaviors ?? [],
    measurements,
    scores: scores.map((score) => ({ ...score, condition: condition?.name ?? null })),
    samples,
    metadata,
    report: report.toReport(),
  };
}

const planCondition = (condition: RunFacts['condition']): RunFacts['condition'] =>
  condition === null ? null : { ...condition, name: bounded(condition.name, LONGEST_NAME) };

/** One after the other, so that the samples do not stand in memory a second time. */
function* saidOf(samples: NonNullable<RunFacts['samples']>): Generator<object> {
  for (const { formerly: _formerly, ...said } of samples) yield said;
}

function formerIdentities(
  { formerly, identity }: RunFacts,
  evaluation: ImportPlan['evaluation'],
  model: PlannedModel,
  today: string,
): Pick<ImportPlan, 'formerIdentities'> {
  if (formerly === undefined) return {};
  const former = { ...evaluation, name: thingName(formerly.evaluation) };
  const condition = planCondition(formerly.condition);
  const one = digestOf({ ...identity, evaluation: former, model, condition });
  return one === today ? {} : { formerIdentities: [one] };
}

function planEvaluation({ evaluation }: RunFacts, report: FileReport): ImportPlan['evaluation'] {
  const name = thingName(evaluation.name);
  if (name === '') throw new UnfitLog('The file gives an evaluation a name that holds no letter.');
  const version = evaluation.version === null ? '' : bounded(evaluation.version, LONGEST_NAME);
  if (version === '')
    report.warn(`The file states no version of some evaluations: these are recorded as "${UNVERSIONED}".`);
  const title = bounded(evaluation.title ?? '', LONGEST_NAME);
  return { name, version: version || UNVERSIONED, title: title === '' || title === name ? null : title };
}

/** An @ would begin a version. */
function modelName(stated: string): string {
  const name = thingName(stated);
  if (name === '') throw new UnfitLog('The file gives its model a name that holds no letter.');
  return name;
}

/** The version of a model of which the file states none. */
export function unspecified(name: string, report: FileReport): PlannedModel {
  report.warn(
    `The file names the model ${name} without a version: it is recorded as "unspecified", its training as not recorded.`,
  );
  return { name, version: 'unspecified' };
}

/** A short name for what is too long to stand in a name. */
export const shortDigest = (text: string) => sha256(text).slice(0, 8);
