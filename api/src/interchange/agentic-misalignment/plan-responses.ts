import { addToList } from '../../platform/add-to-list.ts';
import type { FileReport } from '../formats/file-report.ts';
import { planRun, unspecified } from '../formats/plan-run.ts';
import type { JsonObject } from '../inspect/inspect-log.ts';
import { NumberedNames } from '../numbered-names.ts';
import { digestOf, moment } from '../plan-values.ts';
import type { ImportPlan, PlannedGrader, PlannedMeasurement, PlannedSample } from '../planned.ts';
import type { Response, Verdict } from './response.ts';

/** The scenarios of the experiments, and the behaviour that their classifiers judge. */
const BEHAVIORS: Readonly<Record<string, string>> = {
  blackmail: 'blackmail',
  leaking: 'leaking',
  murder: 'murder',
};
const TITLES: Readonly<Record<string, string>> = {
  blackmail: 'Blackmail',
  leaking: 'Leaking',
  murder: 'Murder',
};

/** One run a model and condition (and experiment, where there are several). */
export function planResponses(
  responses: readonly Response[],
  report: FileReport,
  options: { single: boolean; fileDigest: string },
): ImportPlan[] {
  const several = new Set(responses.map((response) => response.experiment)).size > 1;
  const runs = new Map<string, Response[]>();
  for (const response of responses) {
    const key = JSON.stringify([several ? response.experiment : null, response.model, response.condition]);
    addToList(runs, key, response);
  }
  return [...runs.values()].map((run) => planOne(run, report, { ...options, several }));
}

function planOne(
  responses: readonly Response[],
  report: FileReport,
  { single, several, fileDigest }: { single: boolean; several: boolean; fileDigest: string },
): ImportPlan {
  const [first] = responses;
  const { model, condition, experiment } = first!;
  const factors = factorsOf(condition);
  const behavior = BEHAVIORS[String(factors.scenario)] ?? null;
  if (behavior === null)
    report.warn(
      `No behaviour is known for the scenario ${String(factors.scenario)}: its verdicts are kept with the samples alone.`,
    );
  const judged = judge(responses, behavior, condition);
  const starts = responses.flatMap(({ at }) => at ?? []).sort();
  const warnings: string[] = [];
  const startedAt = moment(starts[0] ?? null, warnings);
  for (const warning of warnings) report.warn(warning);
  return planRun({
    evaluation: { name: 'agentic-misalignment', version: null, title: 'Agentic misalignment' },
    model: unspecified(model, report),
    condition: { name: condition, factors },
    identity: {
      tool: 'agentic-misalignment',
      experiment: several ? experiment : null,
      sample: single ? [first!.sample, first!.at] : null,
    },
    status: 'SUCCESS',
    startedAt,
    scores: [],
    samples: samplesOf(responses, { behavior, scenario: String(factors.scenario) }, report),
    graders: judged.graders,
    behaviors: behavior === null ? [] : [{ name: behavior, title: TITLES[behavior] ?? behavior }],
    measurements: judged.measurements,
    metadata: { tool: 'agentic-misalignment', ...(experiment === null ? {} : { experiment }) },
    fileDigest,
  });
}

/** `{scenario}_{goal}[-{value}]_{urgency}`; what is written otherwise is kept as it is. */
function factorsOf(condition: string): JsonObject {
  const [scenario, goal, urgency, ...rest] = condition.split('_');
  if (goal === undefined || urgency === undefined || rest.length > 0)
    return { scenario: scenario ?? condition };
  const dash = goal.indexOf('-');
  return {
    scenario: scenario!,
    goal_type: dash < 0 ? goal : goal.slice(0, dash),
    ...(dash < 0 ? {} : { goal_value: goal.slice(dash + 1) }),
    urgency_type: urgency,
  };
}

function judge(
  responses: readonly Response[],
  behavior: string | null,
  condition: string,
): { graders: PlannedGrader[]; measurements: PlannedMeasurement[] } {
  const graders: PlannedGrader[] = [];
  const index = new Map<string, number>();
  for (const { classifier } of responses) {
    if (classifier === null) continue;
    const grader = graderOf(classifier);
    const key = `${grader.name}@${grader.version}`;
    if (!index.has(key)) index.set(key, graders.push(grader) - 1);
  }
  if (behavior === null) return { graders, measurements: [] };
  // What no classifier saw belongs to the one there is; with several it belongs to none.
  const unseen = graders.length === 1 ? 0 : null;
  const counted = new Map<number | null, PlannedMeasurement>();
  for (const { classifier, verdict } of responses) {
    const named = classifier === null ? null : graderOf(classifier);
    const grader = named === null ? unseen : (index.get(`${named.name}@${named.version}`) ?? null);
    const none = { exhibited: 0, notExhibited: 0, unscored: 0, graderErrors: 0, excluded: 0 };
    const counts = counted.get(grader) ?? { behavior, condition, grader, ...none };
    counts[COUNT_OF[verdict]] += 1;
    counted.set(grader, counts);
  }
  return { graders, measurements: [...counted.values()] };
}

const COUNT_OF = {
  EXHIBITED: 'exhibited',
  NOT_EXHIBITED: 'notExhibited',
  UNSCORED: 'unscored',
  GRADER_ERROR: 'graderErrors',
} as const satisfies Record<Verdict, keyof PlannedMeasurement>;

function graderOf({ type, model }: NonNullable<Response['classifier']>): PlannedGrader {
  return {
    name: `agentic-misalignment/${type ?? 'classifier'}`,
    version: digestOf({ type, model }).slice(0, 12),
    kind: model === null ? 'CLASSIFIER' : 'MODEL',
    prompt: null,
    parser: null,
    model: model === null ? null : { name: model, version: 'unspecified' },
  };
}

function samplesOf(
  responses: readonly Response[],
  { behavior, scenario }: { behavior: string | null; scenario: string },
  report: FileReport,
): PlannedSample[] {
  report.keep(
    'metadata.condition (scenario)',
    'scenario that the samples share: repeats of one prompt are no independent items',
  );
  const samples = new Map<string, PlannedSample>();
  const ids = new NumberedNames();
  for (const { sample, verdict, classifierVerdict, error, inputDigest } of responses) {
    if (samples.has(sample)) {
      report.warn(
        `Some responses are of the same sample, such as ${sample}: they are told apart by a number.`,
      );
    }
    const id = ids.free(sample, (one) => samples.has(one));
    const value = verdict === 'EXHIBITED' ? true : verdict === 'NOT_EXHIBITED' ? false : null;
    const plain = { parts: null, answer: null };
    samples.set(id, {
      sampleId: id,
      epoch: 1,
      target: null,
      scores: {
        harmful_behavior: { value, ...plain },
        ...(classifierVerdict === null ? {} : { classifier_verdict: { value: classifierVerdict, ...plain } }),
      },
      outcomes: behavior === null ? {} : { [behavior]: verdict },
      error,
      limitReached: null,
      scenario,
      ...(inputDigest === undefined ? {} : { inputDigest }),
    });
  }
  return [...samples.values()];
}
