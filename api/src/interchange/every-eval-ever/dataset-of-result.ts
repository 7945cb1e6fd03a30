import { planDataset } from '../datasets/stated-dataset.ts';
import type { JsonValue } from '../inspect/json-value.ts';
import { asText, asTexts, member } from '../inspect/plain-values.ts';
import type { PlannedDataset } from '../planned.ts';

/** `source_data` of a result: a dataset of the Hugging Face hub, addresses, or a name alone. */
export function datasetOfResult(source: JsonValue | undefined, evaluation: string): PlannedDataset | null {
  const title = asText(member(source, 'dataset_name'));
  const repository = asText(member(source, 'hf_repo'));
  const details = member(source, 'additional_details');
  const [address, ...others] = asTexts(member(source, 'url'));
  const split = asText(member(source, 'hf_split'));
  return planDataset({
    // Several addresses are no one thing: then the name is all that there is.
    place: repository ?? (others.length === 0 ? (address ?? null) : null),
    title: repository === null && (address === undefined || others.length > 0) ? title : null,
    revision: asText(member(source, 'hf_revision')) ?? asText(member(details, 'revision')),
    part: split === null ? null : `split ${split}`,
    evaluation,
    field: 'evaluation_results[].source_data',
  });
}
