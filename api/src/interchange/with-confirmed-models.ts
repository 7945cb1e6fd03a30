import type { Confirmed } from './known-here.ts';
import type { ConfirmedModels } from './plan-graders.ts';
import type { FilePlan, ImportPlan, PlannedModel } from './planned.ts';

/** As planned where a file states no version of a model. */
const UNSTATED = 'unspecified';

/**
 * The plan with each model, under test or grading, that is named without a version taken for what a person confirmed
 * that name to mean. A stated version stands: it says more than the name.
 */
export async function withConfirmedModels(plan: FilePlan, here: Confirmed): Promise<FilePlan> {
  const named = new Set(plan.runs.flatMap(modelsOf).flatMap(nameToConfirm));
  if (named.size === 0) return plan;
  const models = await here.models([...named]);
  return models.size === 0 ? plan : { ...plan, runs: plan.runs.map((run) => confirmed(run, models)) };
}

const modelsOf = ({ model, graders }: ImportPlan): PlannedModel[] => [
  model,
  ...graders.flatMap((grader) => grader.model ?? []),
];

function nameToConfirm(model: PlannedModel): string[] {
  return model.version === UNSTATED && model.confirmed === undefined ? [model.name] : [];
}

function confirmed(run: ImportPlan, models: ConfirmedModels): ImportPlan {
  const said = new Set<string>();
  const meant = (model: PlannedModel, role: string): PlannedModel => {
    const found = nameToConfirm(model).flatMap((name) => models.get(name) ?? [])[0];
    if (found === undefined) return model;
    said.add(
      `The file names the model ${role}${model.name}: it is recorded as ${found.ref}, as a person of your team confirmed that name to mean.`,
    );
    return { ...model, confirmed: found };
  };
  const model = meant(run.model, '');
  const graders = run.graders.map((grader) =>
    grader.model === null ? grader : { ...grader, model: meant(grader.model, 'that grades ') },
  );
  if (said.size === 0) return run;
  const report = { ...run.report, warningsOfRecord: [...(run.report.warningsOfRecord ?? []), ...said] };
  return { ...run, model, graders, report };
}
