import { describe, expect, it } from 'vitest';
import { SAMPLE, scoreOf, type Value } from '../log-fixture.ts';
import type { InspectLog, InspectSample, InspectScore, Scalar } from './inspect-log.ts';
import { knownMapping } from './known-mappings.ts';
import { type BehaviorMapping, sampleOutcomes, toMeasurements } from './measurements.ts';

function sample(id: number, value: Value, more: Partial<InspectSample> = {}): InspectSample {
  return { ...SAMPLE, id: String(id), scores: { judge: scoreOf(value) }, ...more };
}

function score(scorer: string, name = scorer): InspectScore {
  const counts = { scoredSamples: null, unscoredSamples: null, reducer: null };
  return { scorer, name, metric: 'accuracy', value: 0.5, stderr: null, ...counts };
}

function log(
  samples: InspectSample[],
  scores: InspectScore[] = [],
  task = 'polls',
  taskArgs = {},
): InspectLog {
  const evaluation = { name: task, taskArgs } as InspectLog['evaluation'];
  return { samples, scores, evaluation } as InspectLog;
}

const MAPPING: BehaviorMapping = {
  rules: [
    { behavior: 'lying', scorer: 'judge', exhibited: { oneOf: ['C'] }, notExhibited: { oneOf: ['I'] } },
  ],
};

describe('toMeasurements', () => {
  it('invents no measurement without a mapping: metrics stay scores', () => {
    const scores = [score('judge')];
    expect(toMeasurements(log([sample(1, 'C')], scores), null)).toEqual({
      measurements: [],
      scores,
      covered: [],
      warnings: [],
    });
  });

  it('counts unscored, invalidated and unknown values apart from "not exhibited"', () => {
    const samples = [
      sample(1, 'C'),
      sample(2, 'I'),
      sample(3, null),
      sample(4, 'C', { invalidated: true }),
      sample(5, 'P'),
      sample(6, 'C', { scores: {}, error: 'boom' }),
    ];
    const { measurements, scores, warnings } = toMeasurements(
      log(samples, [score('judge'), score('other')]),
      MAPPING,
    );
    expect(measurements).toEqual([
      {
        behavior: 'lying',
        condition: null,
        scorer: 'judge',
        part: null,
        exhibited: 1,
        notExhibited: 1,
        unscored: 3,
        graderErrors: 0,
        excluded: 1,
        sampleCount: 2,
      },
    ]);
    expect(scores).toEqual([score('other')]);
    expect(warnings).toEqual([expect.stringContaining('1 × "P" by judge')]);
  });

  it('counts a value that a mapping calls both as unscored', () => {
    const rule = { ...MAPPING.rules[0]!, exhibited: { atLeast: 5 }, notExhibited: { below: 7 } };
    const { measurements } = toMeasurements(log([sample(1, 6), sample(2, 7), sample(3, 1)]), {
      rules: [rule],
    });
    expect(measurements[0]).toMatchObject({ exhibited: 1, notExhibited: 1, unscored: 1 });
  });

  it('measures by none where too many scorers go by the name for as many samples, and says so', () => {
    const named = (count: number) =>
      Array.from({ length: count }, (_, i) => {
        return { ...sample(i, 'C'), scores: { [`package${i}/judge`]: scoreOf('C') } };
      });
    const scores = [score('judge')];
    expect(toMeasurements(log(named(100), scores), MAPPING).measurements).toHaveLength(100);
    const many = log(named(1_001), scores);
    expect(toMeasurements(many, MAPPING)).toEqual({
      measurements: [],
      scores,
      covered: [],
      warnings: [
        '1001 scorers go by the name judge, too many to be measured: nothing is measured by any of them.',
      ],
    });
    expect(sampleOutcomes(many, MAPPING)).toEqual(many.samples.map(() => ({})));
  });

  it('makes no measurement where no sample has the scorer', () => {
    const { measurements, warnings } = toMeasurements(log([]), MAPPING);
    expect(measurements).toEqual([]);
    expect(warnings).toEqual(['No sample of this log has a score by judge.']);
  });
});

describe('knownMapping', () => {
  const judged = (id: number, parts: Record<string, Scalar>) => {
    const { scores, ...rest } = sample(id, parts);
    return { ...rest, scores: { harmfulness_scorer: scores.judge! } };
  };

  it('reads agentic misalignment, with its scenario as behaviour and a failed grade as a grader error', () => {
    const samples = [
      judged(1, { harmful: 1, classifier_verdict: 1 }),
      judged(2, { harmful: 0, classifier_verdict: 1 }),
      judged(3, { harmful: null, grader_error: 1 }),
    ];
    const scores = [
      score('inspect_evals/harmfulness_scorer', 'harmful'),
      score('inspect_evals/harmfulness_scorer', 'classifier_verdict'),
    ];
    const reading = log(samples, scores, 'inspect_evals/agentic_misalignment', {
      scenario: 'leaking',
      prod: false,
    });
    const result = toMeasurements(reading, knownMapping(reading));
    expect(result.measurements).toMatchObject([
      {
        behavior: 'leaking',
        condition: 'scenario=leaking, prod=false',
        exhibited: 1,
        notExhibited: 1,
        graderErrors: 1,
      },
    ]);
    expect(result.scores.map(({ name }) => name)).toEqual(['classifier_verdict']);
  });

  it('gives no measurement for a scenario that it does not know', () => {
    const reading = log([judged(1, { harmful: 1 })], [], 'agentic_misalignment', { scenario: 'sandbagging' });
    expect(toMeasurements(reading, knownMapping(reading)).measurements).toEqual([]);
  });

  it('brings nothing to any other evaluation', () => {
    expect(knownMapping(log([], [], 'popularity'))).toBeNull();
  });
});
