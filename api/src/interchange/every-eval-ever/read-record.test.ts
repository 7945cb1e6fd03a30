import { describe, expect, it } from 'vitest';
import { planOf, planOfBytes, refusalOf } from '../formats/file-fixture.ts';

const result = (fields: object = {}, details: object = { score: 0.5 }) => ({
  evaluation_name: 'Sums',
  source_data: { dataset_name: 'sums', source_type: 'hf_dataset' },
  metric_config: {
    evaluation_description: 'Accuracy',
    lower_is_better: false,
    score_type: 'continuous',
    min_score: 0,
    max_score: 1,
  },
  score_details: details,
  ...fields,
});

const RECORD = {
  schema_version: '0.2.1',
  evaluation_id: 'sums/lab_m/1700000000',
  dedupe_identity: { run_fingerprint: 'abc123', content_hash: 'def456', hash_algorithm: 'sha256' },
  evaluation_timestamp: '1700000000',
  retrieved_timestamp: '1700000001',
  source_metadata: {
    source_type: 'evaluation_run',
    source_organization_name: 'A lab',
    evaluator_relationship: 'third_party',
  },
  eval_library: { name: 'lm_eval', version: '0.4.9' },
  model_info: { name: 'M', id: 'lab/m' },
  evaluation_results: [result()],
};

describe('records of every_eval_ever', () => {
  it.each(['NaN', 'Infinity', '1700000000000000', '1.7e18'])(
    'leave the start unknown, and say so, where its seconds are %s',
    async (stated) => {
      const text = JSON.stringify({ ...RECORD, evaluation_timestamp: 0 });
      const { runs, report } = await planOfBytes(
        text.replace('"evaluation_timestamp":0', `"evaluation_timestamp":${stated}`),
      );
      expect(runs).toHaveLength(1);
      expect(runs[0]!.startedAt).toBeNull();
      expect(report.warnings.join(' ')).toContain('is no number of seconds: it is left out');
    },
  );

  it.each([
    [{ revision: 'step143000' }, 'step143000'],
    [{ revision: 'main' }, 'unspecified'],
    [{ revision: 'main', model_revision: 'a1b2c3' }, 'a1b2c3'],
  ])('take for a version what stays what it is: %j', async (additional_details, version) => {
    const model_info = { ...RECORD.model_info, additional_details };
    const { runs } = await planOf({ ...RECORD, model_info });
    expect(runs[0]!.model).toMatchObject({ name: 'lab/m', version });
  });

  it('makes a score of each result, with its error, count, interval and direction as stated', async () => {
    const uncertainty = {
      standard_error: { value: 0.02, method: 'bootstrap' },
      confidence_interval: { lower: 0.4, upper: 0.6, confidence_level: 0.95, method: 'bootstrap' },
      num_samples: 625,
    };
    const { format, runs } = await planOf({
      ...RECORD,
      evaluation_results: [
        result({}, { score: 0.5, uncertainty }),
        result(
          { evaluation_name: 'Loss', metric_config: { metric_name: 'ppl', lower_is_better: true } },
          { score: 12.5 },
        ),
      ],
    });
    expect(format).toBe('every-eval-ever');
    expect(runs).toHaveLength(2);
    expect(runs[0]).toMatchObject({
      evaluation: { name: 'Sums', version: 'unversioned' },
      model: { name: 'lab/m', version: 'unspecified' },
      status: 'UNKNOWN',
      startedAt: new Date('2023-11-14T22:13:20Z'),
      measurements: [],
      samples: null,
      scores: [
        {
          metric: 'Accuracy',
          value: 0.5,
          standardError: 0.02,
          sampleCount: 625,
          higherIsBetter: true,
          note: 'interval of level 0.95 from 0.4 to 0.6 (bootstrap), as stated; on a scale from 0 to 1',
        },
      ],
    });
    expect(runs[1]!.scores).toMatchObject([
      { metric: 'ppl', value: 12.5, higherIsBetter: false, standardError: null },
    ]);
    expect(runs[0]!.metadata.source_metadata).toMatchObject({ evaluator_relationship: 'third_party' });
  });

  it('records the judges as graders, one a model and several together', async () => {
    const judged = (...ids: string[]) => ({
      lower_is_better: false,
      metric_name: ids.join(),
      llm_scoring: {
        judges: ids.map((id) => ({ model_info: { id, name: id } })),
        input_prompt: 'Judge this.',
      },
    });
    const { runs } = await planOf({
      ...RECORD,
      evaluation_results: [
        result({ metric_config: judged('lab/judge') }),
        result({ metric_config: judged('lab/judge', 'lab/other') }),
        result(),
      ],
    });
    expect(runs[0]!.graders).toMatchObject([
      { name: 'judged by lab/judge', kind: 'MODEL', model: { name: 'lab/judge' }, prompt: 'Judge this.' },
      { name: 'judged by lab/judge and lab/other', kind: 'COMBINED', model: null },
    ]);
    expect(runs[0]!.scores.map((score) => score.grader)).toEqual([0, 1, null]);
  });

  it('takes the word for an unknown level for no value, and tells two results of one name apart', async () => {
    const levels = {
      metric_name: 'level',
      lower_is_better: false,
      score_type: 'levels',
      has_unknown_level: true,
    };
    const { runs } = await planOf({
      ...RECORD,
      evaluation_results: [
        result({ metric_config: levels }, { score: -1 }),
        result({ metric_config: levels }, { score: 2 }),
      ],
    });
    expect(runs[0]!.scores).toMatchObject([
      { metric: 'level', value: null, note: expect.stringContaining('unknown level') },
      { metric: 'level (2)', value: 2 },
    ]);
  });

  it('knows a run by the fingerprint that its maker gave it', async () => {
    const [one] = (await planOf(RECORD)).runs;
    const [other] = (await planOf({ ...RECORD, evaluation_id: 'another', retrieved_timestamp: '9' })).runs;
    expect([other!.runIdentity, other!.contentDigest]).toEqual([one!.runIdentity, one!.contentDigest]);
  });

  it('refuses a record that names no model', async () => {
    const { message, format } = await refusalOf(JSON.stringify({ ...RECORD, model_info: {} }));
    expect(message).toMatch(/names no model/);
    expect(format).toBe('every-eval-ever');
  });
});

const line = (sample_id: string, fields: object = {}) =>
  JSON.stringify({
    schema_version: 'instance_level_eval_0.2.2',
    evaluation_id: 'sums/lab_m/1700000000',
    model_id: 'lab/m',
    evaluation_name: 'Sums',
    sample_id,
    interaction_type: 'single_turn',
    input: { raw: 'a long question', reference: ['4', 'four'] },
    output: { raw: ['4'] },
    evaluation: { score: 1, is_correct: true },
    ...fields,
  });
const scoreOf = (value: unknown) => expect.objectContaining({ value });

describe('samples of every_eval_ever', () => {
  it('tell what was given by the raw input and its choices', async () => {
    const of = async (input: object) =>
      (await planOfBytes(line('s1', { input }))).runs[0]!.samples![0]!.inputDigest;
    const plain = await of({ raw: 'q', reference: ['4'] });
    expect(plain).toMatch(/^messages:[0-9a-f]{64}$/);
    expect(await of({ reference: ['5'], raw: 'q', choices: [] })).toBe(plain);
    expect(await of({ raw: 'another', reference: ['4'] })).not.toBe(plain);
    expect(await of({ raw: 'q', reference: ['4'], choices: ['3', '4'] })).not.toBe(plain);
    expect(await of({ reference: ['4'] })).toBeUndefined();
  });

  it('make one run a model and evaluation, a sample that comes again another epoch', async () => {
    const failed = { evaluation: { score: null, is_correct: false }, error: 'timeout' };
    const { format, runs, report } = await planOfBytes(
      [line('s1'), line('s1'), line('s2', failed)].join('\n'),
    );
    expect(format).toBe('every-eval-ever-samples');
    expect(runs).toHaveLength(1);
    expect(runs[0]).toMatchObject({
      model: { name: 'lab/m' },
      evaluation: { name: 'Sums' },
      epochs: 2,
      scores: [],
    });
    expect(runs[0]!.samples).toMatchObject([
      {
        sampleId: 's1',
        epoch: 1,
        target: '4 | four',
        scores: { score: { value: 1 }, is_correct: { value: true } },
      },
      { sampleId: 's1', epoch: 2 },
      { sampleId: 's2', scores: { score: { value: null } }, error: 'timeout' },
    ]);
    expect(report.leftOut).toContainEqual(expect.objectContaining({ field: 'output', count: 3 }));
  });

  it('have a score for each result that their lines belong to, of which none is another epoch', async () => {
    const of = (sample: string, result: string, score: number) =>
      line(sample, { evaluation_result_id: result, evaluation: { score, is_correct: score === 1 } });
    const { runs } = await planOfBytes(
      [
        of('s1', 'exact_match:test', 1),
        of('s1', 'rouge_l:test', 0.25),
        of('s2', 'exact_match:test', 0),
        of('s2', 'rouge_l:test', 0.5),
        // Asked a second time.
        of('s1', 'exact_match:test', 0),
        of('s1', 'rouge_l:test', 0.75),
      ].join('\n'),
    );
    expect(runs).toHaveLength(1);
    expect(runs[0]).toMatchObject({ epochs: 2, sampleCount: 3 });
    const scored = (match: number, rouge: number) => ({
      'exact_match:test/score': scoreOf(match),
      'exact_match:test/is_correct': scoreOf(match === 1),
      'rouge_l:test/score': scoreOf(rouge),
      'rouge_l:test/is_correct': scoreOf(false),
    });
    expect(runs[0]!.samples!.map(({ sampleId, epoch, scores }) => ({ sampleId, epoch, scores }))).toEqual([
      { sampleId: 's1', epoch: 1, scores: scored(1, 0.25) },
      { sampleId: 's2', epoch: 1, scores: scored(0, 0.5) },
      { sampleId: 's1', epoch: 2, scores: scored(0, 0.75) },
    ]);
  });

  it('call a result by what its id says beside the evaluation, which is another in every run', async () => {
    const id = 'sums/lab_m/1700000000';
    const { runs } = await planOfBytes(line('s1', { evaluation_result_id: `${id}#accuracy` }));
    expect(Object.keys(runs[0]!.samples![0]!.scores)).toEqual(['accuracy/score', 'accuracy/is_correct']);
  });

  it('have no score where the line states an error, whatever number the schema asks for', async () => {
    const failed = { evaluation: { score: 0, is_correct: false }, error: 'API error: 500' };
    const { runs } = await planOfBytes([line('s1', failed), line('s2')].join('\n'));
    expect(runs[0]!.samples).toMatchObject([
      { error: 'API error: 500', scores: { score: { value: null }, is_correct: { value: null } } },
      { error: null, scores: { score: { value: 1 }, is_correct: { value: true } } },
    ]);
    const of = (result: string, fields: object) => line('s1', { evaluation_result_id: result, ...fields });
    const judged = await planOfBytes([of('match', {}), of('judge', failed)].join('\n'));
    expect(judged.runs[0]!.samples).toMatchObject([
      {
        error: 'API error: 500',
        scores: { 'match/score': { value: 1 }, 'judge/score': { value: null } },
      },
    ]);
  });
});
