import { addToList } from '../../platform/add-to-list.ts';
import type { FileReport } from '../formats/file-report.ts';
import { planRun, shortDigest, unspecified } from '../formats/plan-run.ts';
import type { JsonValue } from '../inspect/json-value.ts';
import { asInstant, asText, member } from '../inspect/plain-values.ts';
import { bounded, LONGEST_NAME, moment, UnfitLog } from '../plan-values.ts';
import type { ImportPlan, PlannedScore } from '../planned.ts';
import { type PlannedJudges, planJudges } from './plan-judges.ts';
import type { ProviderRun, RunsOfFile } from './runs-of-file.ts';

/** Throws UnfitLog where no result names its provider. */
export function planRuns(
  { runs, tests }: RunsOfFile,
  top: ReadonlyMap<string, JsonValue>,
  report: FileReport,
  fileDigest: string,
): ImportPlan[] {
  if (runs.size === 0) throw new UnfitLog('The file holds no result that names its provider.');
  const description = asText(top.get('description'), 300);
  const evalId = asText(top.get('evalId'));
  const created =
    top.get('timestamp') ?? top.get('createdAt') ?? member(top.get('metadata'), 'evaluationCreatedAt');
  const warnings: string[] = [];
  const startedAt = moment(asInstant(created), warnings);
  for (const warning of warnings) report.warn(warning);
  const byTests = description === null ? tests.name() : null;
  const name = description ?? byTests ?? 'promptfoo';
  if (byTests !== null)
    report.warn(
      `The file describes its evaluation in no words: it is called "${name}", by a digest of its tests.`,
    );
  else if (description === null)
    report.warn(
      'The file describes its evaluation in no words, nor does it hold all of its tests: it is called "promptfoo", and its runs may be of unlike tests.',
    );
  report.warn(
    'What passes or fails here is an assertion, and no behaviour is known for it: the figures are scores.',
  );
  if ([...runs.values()].some((run) => run.errors > 0))
    report.warn(
      'Some results are errors: there was nothing to judge, so they are not scored, and not failed.',
    );
  if ([...runs.values()].some((run) => run.graderErrors > 0))
    report.warn(
      'A grader failed on some results, which promptfoo states as failed with a score of 0: there is no verdict, and they are not scored.',
    );
  const alike = placesTelling([...runs.values()], report);
  return [...runs.values()].map((run) => {
    const judges = planJudges(run.judges, ['success', ...run.sums.keys()], report);
    return planRun({
      evaluation: { name, version: null },
      model: unspecified(run.provider, report),
      condition: conditionOf(run, alike.has(run)),
      // Before the settings of a provider, its place and the tests of a file told anything.
      formerly: {
        evaluation: description ?? 'promptfoo',
        condition: conditionOf({ ...run, settings: null }, false),
      },
      identity: { tool: 'promptfoo', evalId, startedAt: startedAt?.toISOString() ?? null, label: run.label },
      status: 'SUCCESS',
      startedAt,
      graders: judges.graders,
      scores: scoresOf(run, judges),
      samples: run.samples,
      epochs: [...run.times.values()].reduce((most, times) => Math.max(most, times), 1),
      metadata: {
        tool: 'promptfoo',
        ...(evalId === null ? {} : { evalId }),
        ...(run.label === null ? {} : { providerLabel: run.label }),
        ...(run.prompt.id === null ? {} : { promptId: run.prompt.id }),
        ...(judges.told.length === 0 ? {} : { graders: judges.told }),
      },
      fileDigest,
    });
  });
}

/** The runs that nothing but their place tells from another of the same provider and prompt. */
function placesTelling(runs: readonly ProviderRun[], report: FileReport): ReadonlySet<ProviderRun> {
  const byName = new Map<string, ProviderRun[]>();
  for (const run of runs)
    addToList(byName, JSON.stringify([run.provider, run.label, run.settings, run.prompt.id]), run);
  const alike = [...byName.values()].filter((same) => same.length > 1);
  for (const [run] of alike)
    report.warn(
      `The file has ${run!.provider} several times with one prompt, and does not say in what these differ: each is an eval run of its own, under a condition that is named by its place.`,
    );
  return new Set(alike.flat());
}

function conditionOf(
  { prompt: { id, label }, settings, place }: ProviderRun,
  byPlace: boolean,
): ImportPlan['conditions'][number] | null {
  const named = id !== null || label !== null;
  const short = label === null ? '' : ` ${label}`;
  const names = [
    ...(named ? [`prompt${short} ~${shortDigest(id ?? label ?? '')}`] : []),
    ...(settings === null ? [] : [`settings ~${settings}`]),
    ...(byPlace && place !== null ? [`place ${place}`] : []),
  ];
  if (names.length === 0) return null;
  return {
    name: names.join(', '),
    factors: {
      ...(id === null ? {} : { promptId: id }),
      ...(label === null ? {} : { prompt: label }),
      ...(settings === null ? {} : { providerSettings: settings }),
      ...(byPlace && place !== null ? { promptIdx: place } : {}),
    },
  };
}

/** The share that passed of those that were judged, and the mean of each figure: counted here from the results. */
function scoresOf(run: ProviderRun, { graderOf }: PlannedJudges): PlannedScore[] {
  const judged = run.passed + run.failed;
  const plain = { standardError: null };
  const pass: PlannedScore = {
    metric: 'pass rate',
    value: judged === 0 ? null : run.passed / judged,
    sampleCount: judged,
    unscored: run.errors + run.graderErrors,
    grader: graderOf('success'),
    note: `counted from the results: ${run.passed} of ${judged} passed`,
    higherIsBetter: true,
    ...plain,
  };
  const means = [...run.sums].map(([name, { sum, count }]): PlannedScore => {
    return {
      metric: bounded(`mean ${name}`, LONGEST_NAME),
      value: sum / count,
      sampleCount: count,
      unscored: run.samples.length - count,
      grader: graderOf(name),
      note: 'counted from the results: the mean over those that state it',
      ...plain,
    };
  });
  return [pass, ...means];
}
