// A log as its reader gives it, of one sample and one metric unless told otherwise.
import type {
  InspectGrader,
  InspectLog,
  InspectSample,
  InspectSampleScore,
  InspectScore,
  Scalar,
} from './inspect/inspect-log.ts';

/** What a scorer said of a sample: one value, or several by name. */
export type Value = Scalar | Record<string, Scalar>;

export function scoreOf(value: Value): InspectSampleScore {
  const parts = typeof value === 'object' && value !== null ? value : null;
  return { value: parts ? null : (value as Scalar), parts, answer: null };
}

export const SAMPLE: InspectSample = {
  id: '1',
  epoch: 1,
  target: '',
  scores: { match: scoreOf('C') },
  error: null,
  limit: null,
  exhausted: null,
  tokens: null,
  seconds: null,
  retries: 0,
  invalidated: false,
  place: null,
  inputDigest: null,
  scenario: null,
};
export const SCORE: InspectScore = {
  scorer: 'match',
  name: 'match',
  metric: 'accuracy',
  value: 1,
  stderr: null,
  scoredSamples: 1,
  unscoredSamples: 0,
  reducer: null,
};
export const grader = (scorer: string, params: InspectGrader['params'] = {}): InspectGrader => ({
  scorer,
  model: null,
  modelFrom: null,
  params,
});

interface Choices {
  log?: Partial<InspectLog>;
  run?: Partial<InspectLog['run']>;
  evaluation?: Partial<InspectLog['evaluation']>;
}

export function logWith({ log = {}, run = {}, evaluation = {} }: Choices = {}): InspectLog {
  return {
    digest: 'd'.repeat(64),
    bytes: 1,
    container: 'json',
    formatVersion: 2,
    status: 'success',
    evaluation: {
      name: 'sums',
      version: '1',
      displayName: null,
      taskArgs: {},
      dataset: { name: null, location: null, samplesDeclared: 1, idsSelected: null, shuffled: null },
      solver: null,
      solverArgs: {},
      plan: [],
      revision: null,
      ...evaluation,
    },
    run: {
      identity: 'abcdefghijkl',
      identityFrom: 'eval_id',
      evalId: 'abcdefghijkl',
      runId: null,
      taskId: null,
      evalSetId: null,
      created: '2025-01-01T00:00:00.000Z',
      startedAt: null,
      completedAt: null,
      model: 'lab/m',
      modelRoles: {},
      modelRoleConfigs: {},
      generateConfig: {},
      epochs: 1,
      limit: null,
      config: {},
      packages: {},
      tags: [],
      metadata: {},
      error: null,
      invalidated: false,
      ...run,
    },
    graders: [grader('match')],
    scores: [SCORE],
    samples: [SAMPLE],
    counts: {
      samplesPresent: 1,
      samplesDeclared: 1,
      epochs: 1,
      errored: 0,
      limited: 0,
      invalidated: 0,
      scored: { match: 1 },
      unscored: { match: 0 },
    },
    kept: [],
    leftOut: [],
    warnings: [],
    ...log,
  };
}
