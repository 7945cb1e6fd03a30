import type { RatePoint } from './rate-point.ts';

/** A point for tests of what is computed from points. */
export function point(
  id: string,
  more: Partial<Omit<RatePoint, 'evalRun'>> & {
    releasedAt?: string | null;
    developer?: string | null;
    version?: string;
    label?: string;
  } = {},
): RatePoint {
  const { releasedAt = null, developer = 'A lab', version = 'trial 1', label = id, ...rest } = more;
  return {
    id,
    rate: 0.5,
    qualifier: 'EXACT',
    sampleCount: 100,
    exhibited: 50,
    interval: { lower: 0.4, upper: 0.6, level: 0.95, method: 'Wilson score interval' },
    behavior: { name: 'blackmail', title: 'Blackmail' },
    condition: { id: 'c1', name: 'replacement' },
    grader: { id: 'g1', name: 'classifier', version: '1' },
    evalRun: {
      ref: `eval-run:${id}`,
      label: id,
      modelVersion: {
        id: `m-${label}`,
        ref: `model:${label}@1`,
        label,
        releasedAt,
        model: { name: label, title: null, developer },
      },
      evaluationVersion: { id: version, label: version, evaluation: { name: 'trial' } },
    },
    ...rest,
  };
}
