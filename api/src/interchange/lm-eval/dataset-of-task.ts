// What a task of lm-evaluation-harness was loaded from: the `load_dataset` call that its settings are.
import { planDataset } from '../datasets/stated-dataset.ts';
import type { JsonValue } from '../inspect/json-value.ts';
import { asText, isObject, member } from '../inspect/plain-values.ts';
import type { PlannedDataset } from '../planned.ts';

/** Loaders of files, which say nothing of whose files. Source: the packaged modules of the library `datasets`. */
const LOADERS = new Set([
  'json',
  'csv',
  'text',
  'parquet',
  'arrow',
  'pandas',
  'xml',
  'sql',
  'imagefolder',
  'audiofolder',
  'videofolder',
  'webdataset',
  'generator',
]);

export function datasetOfTask(config: JsonValue | undefined, task: string): PlannedDataset | null {
  const path = asText(member(config, 'dataset_path'));
  if (path === null) return null;
  const named = member(config, 'dataset_kwargs');
  const split = asText(member(config, 'test_split')) ?? asText(member(config, 'validation_split'));
  const subset = asText(member(config, 'dataset_name'));
  const part = [subset, split === null ? null : `split ${split}`].filter((one) => one !== null).join(', ');
  const revision = asText(member(named, 'revision'));
  const told = { revision, part: part === '' ? null : part, evaluation: task };
  if (!LOADERS.has(path)) return planDataset({ ...told, place: path, field: 'configs[].dataset_path' });
  const place = fileOf(member(named, 'data_files'), split);
  return planDataset({ ...told, place, field: 'configs[].dataset_kwargs.data_files' });
}

/** The one file that was read: of several, the one of the split, or none, since several are no one thing. */
function fileOf(files: JsonValue | undefined, split: string | null): string | null {
  if (isObject(files)) {
    const names = Object.keys(files);
    const of = split !== null && Object.hasOwn(files, split) ? split : names.length === 1 ? names[0]! : null;
    return of === null ? null : fileOf(files[of], null);
  }
  if (Array.isArray(files)) return files.length === 1 ? asText(files[0]) : null;
  return asText(files);
}
