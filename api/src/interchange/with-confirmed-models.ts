import type { Confirmed } from './known-here.ts';
import { nameToConfirm } from './model-names/model-alias.ts';
import type { ConfirmedModels } from './plan-graders.ts';
import type { FilePlan, ImportPlan, PlannedModel } from './planned.ts';

/**
 * The plan with each model, under test or grading, taken for what a person confirmed its name to mean, which is that with
 * the version where one is stated: what was confirmed of the name alone leaves a stated version as it is.
 */
export async function withConfirmedModels(plan: FilePlan, here: Confirmed): Promise<FilePlan> {
  const named = new Set(plan.runs.flatMap(modelsOf).flatMap(unconfirmed));
  if (named.size === 0) return plan;
  const models = await here.models([...named]);
  return models.size === 0 ? plan : { ...plan, runs: plan.runs.map((run) => confirmed(run, models)) };
}

const modelsOf = ({ model, graders }: ImportPlan): PlannedModel[] => [
  model,
  ...graders.flatMap((grader) => grader.model ?? []),
];

const unconfirmed = (model: PlannedModel): string[] =>
  model.confirmed === undefined ? [nameToConfirm(model)] : [];

function confirmed(run: ImportPlan, models: ConfirmedModels): ImportPlan {
  const said = new Set<string>();
  const meant = (model: PlannedModel, role: string): PlannedModel => {
    const found = unconfirmed(model).flatMap((name) => models.get(name) ?? [])[0];
    if (found === undefined) return model;
    said.add(
      `The file names the model ${role}${nameToConfirm(model)}: it is recorded as ${found.ref}, as a person of your team confirmed that name to mean.`,
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
