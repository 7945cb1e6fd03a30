import { planDataset } from '../datasets/stated-dataset.ts';
import type { PlannedDataset } from '../planned.ts';
import type { InspectLog } from './inspect-log.ts';
import { asText } from './plain-values.ts';

/** Arguments by which tasks let their caller choose a revision of what they load. */
const REVISIONS = ['dataset_revision', 'hf_revision', 'revision'];

/** What the log says of its dataset: Inspect writes no revision, but a task may take one as an argument. */
export function datasetOfLog({ evaluation }: Pick<InspectLog, 'evaluation'>): PlannedDataset | null {
  const { dataset, taskArgs, name } = evaluation;
  const argument = REVISIONS.find((one) => Object.hasOwn(taskArgs, one) && asText(taskArgs[one]) !== null);
  return planDataset({
    place: dataset.location,
    title: dataset.name,
    revision: argument === undefined ? null : asText(taskArgs[argument]),
    evaluation: name,
    field: argument === undefined ? 'eval.dataset' : `eval.dataset, eval.task_args.${argument}`,
  });
}
