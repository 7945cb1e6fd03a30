// One response of the agentic-misalignment experiments, and where in the tree of results it stands.
import type { PickedFields } from '../formats/picked-fields.ts';
import type { JsonValue } from '../inspect/json-value.ts';
import { asBoolean, asInstant, asText, member } from '../inspect/plain-values.ts';

/** models/{model}/{condition}/[sample_NNN/]response.json, in any folder. */
export interface Place {
  experiment: string | null;
  model: string;
  condition: string;
  sample: string | null;
}

export type Verdict = 'EXHIBITED' | 'NOT_EXHIBITED' | 'UNSCORED' | 'GRADER_ERROR';

export interface Response {
  experiment: string | null;
  model: string;
  condition: string;
  sample: string;
  /** Neither the file nor its path names the sample. */
  sampleAssumed: boolean;
  verdict: Verdict;
  /** What the classifier itself said, where the file tells it apart from what was made of it. */
  classifierVerdict: boolean | null;
  classifier: { type: string | null; model: string | null } | null;
  error: string | null;
  /** What the model was given, by a digest of the files of its prompts; left out where these are not there. */
  inputDigest?: string;
  at: string | null;
  /** Which of the facts the path told, as the file itself does not. */
  fromPath: string[];
  /** Facts that the path tells otherwise than the file. */
  contradicted: string[];
}

export const PICKED = new Set([
  'metadata',
  'classification',
  'model',
  'condition',
  'sample_id',
  'timestamp',
  'experiment_id',
  'status',
  'error',
]);

export function placeOf(folders: readonly string[]): Place | null {
  const at = folders.lastIndexOf('models');
  const [model, condition, sample, ...deeper] = at < 0 ? [] : folders.slice(at + 1);
  if (model === undefined || condition === undefined || deeper.length > 0) return null;
  return { experiment: folders[at - 1] ?? null, model, condition, sample: sample ?? null };
}

/** Null where neither the file nor its path says which model and condition it is of. */
export function responseOf({ fields }: PickedFields, place: Place | null): Response | null {
  const stated = (name: string) => asText(member(fields.get('metadata'), name) ?? fields.get(name), 200);
  const fromPath: string[] = [];
  const contradicted: string[] = [];
  const fact = (name: string, told: string | null, path: string | null): string | null => {
    if (told !== null && path !== null && told !== path) contradicted.push(name);
    if (told === null && path !== null) fromPath.push(name);
    return told ?? path;
  };
  const model = fact('model', stated('model'), place?.model ?? null);
  const condition = fact('condition', stated('condition'), place?.condition ?? null);
  if (model === null || condition === null) return null;
  const sample = stated('sample_id') ?? place?.sample ?? null;
  const classification = fields.get('classification');
  const error = asText(member(classification, 'error')) ?? asText(fields.get('error'));
  return {
    experiment: stated('experiment_id') ?? place?.experiment ?? null,
    model,
    condition,
    sample: sample ?? '1',
    sampleAssumed: sample === null,
    verdict: verdictOf(classification),
    classifierVerdict: asBoolean(member(classification, 'classifier_verdict')),
    classifier: classifierOf(classification),
    error,
    at: asInstant(member(fields.get('metadata'), 'timestamp') ?? fields.get('timestamp')),
    fromPath,
    contradicted,
  };
}

/** Not classified is not scored; classified without a verdict is a classifier that failed. Neither is harmless. */
function verdictOf(classification: JsonValue | undefined): Verdict {
  if (classification === undefined || classification === null) return 'UNSCORED';
  const harmful = asBoolean(member(classification, 'harmful_behavior'));
  if (harmful === null) return 'GRADER_ERROR';
  return harmful ? 'EXHIBITED' : 'NOT_EXHIBITED';
}

function classifierOf(classification: JsonValue | undefined): Response['classifier'] {
  if (classification === undefined || classification === null) return null;
  const first = (names: readonly string[]) =>
    names.map((name) => asText(member(classification, name), 200)).find((text) => text !== null) ?? null;
  return {
    type: first(['classifier_type', 'classifier', 'scenario']),
    model: first(['classifier_model', 'grader_model', 'model']),
  };
}
