/** The mutations that a story may use, each with the field of its success that holds what it made. */
export const MADE = {
  registerSource: 'source',
  registerDatasetVersion: 'datasetVersion',
  registerModelVersion: 'modelVersion',
  recordTrainingRun: 'trainingRun',
  registerEvaluation: 'evaluationVersion',
  registerGrader: 'graderVersion',
  registerBehavior: 'behavior',
  recordEvalRun: 'evalRun',
  recordMeasurement: 'measurement',
  recordReportedResult: 'reportedResult',
  assertClaim: 'claim',
  recordContentMeasurement: 'contentMeasurement',
  fileIncident: 'incident',
  changeIncidentStatus: 'incident',
  linkIncident: 'incident',
  addEvidence: 'evidence',
  openHypothesis: 'hypothesis',
  addHypothesisEvidence: 'evidenceItem',
  assessHypothesis: 'assessment',
  recordIntervention: 'intervention',
} as const;

export type StoryMutation = keyof typeof MADE;

/** One call of the API, as data. `$(label)` anywhere in the input stands for the global id of an earlier step's result. */
export interface Step {
  readonly mutation: StoryMutation;
  readonly input: Readonly<Record<string, unknown>>;
  /** The label under which later steps of the same story refer to what this one made. */
  readonly as?: string;
  /** The key that an incident of the example data has, the same in every installation. */
  readonly key?: string;
}

export interface Story {
  readonly name: string;
  readonly steps: readonly Step[];
}

const LABEL = /^\$\(([^)]+)\)$/;

/** Every label that an input refers to. */
export function labelsIn(value: unknown): string[] {
  if (typeof value === 'string') {
    const label = LABEL.exec(value)?.[1];
    return label === undefined ? [] : [label];
  }
  if (value === null || typeof value !== 'object') return [];
  return Object.values(value).flatMap(labelsIn);
}

/** The same value with every label replaced by its id; throws a RangeError that names a label nobody has set. */
export function withIds<T>(value: T, ids: ReadonlyMap<string, string>): T {
  if (typeof value === 'string') {
    const label = LABEL.exec(value)?.[1];
    if (label === undefined) return value;
    const id = ids.get(label);
    if (id === undefined) throw new RangeError(`No earlier step is labelled "${label}".`);
    return id as T;
  }
  if (Array.isArray(value)) return value.map((item: unknown) => withIds(item, ids)) as T;
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, withIds(item, ids)])) as T;
}
