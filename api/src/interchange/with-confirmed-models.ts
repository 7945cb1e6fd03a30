import type { Confirmed } from './known-here.ts';
import type { ConfirmedModels } from './plan-graders.ts';
import type { FilePlan, ImportPlan, PlannedModel } from './planned.ts';

/** As planned where a file states no version of a model. */
const UNSTATED = 'unspecified';

/**
 * The plan with each model that is named without a version taken for what a person confirmed that name to mean. A stated
 * version stands: it says more than the name.
 */
export async function withConfirmedModels(plan: FilePlan, here: Confirmed): Promise<FilePlan> {
  const named = new Set(plan.runs.map(({ model }) => model).flatMap(nameToConfirm));
  if (named.size === 0) return plan;
  const models = await here.models([...named]);
  return models.size === 0 ? plan : { ...plan, runs: plan.runs.map((run) => confirmed(run, models)) };
}

function nameToConfirm(model: PlannedModel): string[] {
  return model.version === UNSTATED && model.confirmed === undefined ? [model.name] : [];
}

function confirmed(run: ImportPlan, models: ConfirmedModels): ImportPlan {
  const meant = nameToConfirm(run.model).flatMap((name) => models.get(name) ?? [])[0];
  if (meant === undefined) return run;
  const said = `The file names the model ${run.model.name}: it is recorded as ${meant.ref}, as a person of your team confirmed that name to mean.`;
  const report = { ...run.report, warningsOfRecord: [...(run.report.warningsOfRecord ?? []), said] };
  return { ...run, model: { ...run.model, confirmed: meant }, report };
}
