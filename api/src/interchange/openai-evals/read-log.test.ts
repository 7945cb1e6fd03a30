import { describe, expect, it } from 'vitest';
import { planOfBytes, refusalOf } from '../formats/file-fixture.ts';

const SPEC = {
  spec: {
    completion_fns: ['m-turbo'],
    eval_name: 'arithmetic.dev.v2',
    base_eval: 'arithmetic',
    split: 'dev',
    run_config: { seed: 7, completion_fns: ['m-turbo'] },
    created_by: '',
    run_id: '230101000000ABCDEFGH',
    created_at: '2023-05-01 10:20:30.5',
  },
};
const event = (sample: string, type: string, data: object) => ({
  run_id: '230101000000ABCDEFGH',
  event_id: 1,
  sample_id: sample,
  type,
  data,
  created_by: '',
  created_at: '2023-05-01 10:20:31+00:00',
});
const LINES = [
  SPEC,
  event('arithmetic.dev.0', 'sampling', { prompt: 'a long prompt', sampled: ['4'] }),
  event('arithmetic.dev.0', 'match', { correct: true, expected: '4', picked: '4', sampled: '4' }),
  event('arithmetic.dev.1', 'match', { correct: false, expected: ['5', 'five'], picked: null }),
  event('arithmetic.dev.2', 'error', { type: 'timeout', message: 'no answer' }),
  { final_report: { accuracy: 0.5, boostrap_std: 0.25, counts: { a: 1 } } },
];
const text = (lines: readonly object[]) => lines.map((line) => `${JSON.stringify(line)}\n`).join('');

describe('logs of OpenAI evals', () => {
  it('tells what was given by the first call for a sample, which is that of the model under test', async () => {
    const of = async (...prompts: unknown[]) => {
      const asked = prompts.map((prompt, i) => event('s', 'sampling', { prompt, sampled: [`${i}`] }));
      const lines = [SPEC, ...asked, event('s', 'match', { correct: true })];
      const { runs } = await planOfBytes(text(lines));
      return runs[0]!.samples![0]!.inputDigest;
    };
    const plain = await of('a question', 'grade this');
    expect(plain).toMatch(/^messages:[0-9a-f]{64}$/);
    expect(await of([{ content: 'a question', role: 'user' }], 'grade that')).toBe(plain);
    expect(await of('another', 'grade this')).not.toBe(plain);
    expect(await of()).toBeUndefined();
  });

  it('makes one run of a log, with its report as scores and its events as samples', async () => {
    const { format, runs, report } = await planOfBytes(text(LINES));
    expect(format).toBe('openai-evals');
    expect(runs).toHaveLength(1);
    expect(runs[0]).toMatchObject({
      evaluation: { name: 'arithmetic.dev', version: 'v2' },
      model: { name: 'm-turbo', version: 'unspecified' },
      status: 'SUCCESS',
      startedAt: new Date('2023-05-01T10:20:30.500Z'),
      scores: [{ metric: 'accuracy', value: 0.5, standardError: 0.25 }],
      samples: [
        { sampleId: 'arithmetic.dev.0', target: '4', scores: { correct: { value: true } }, error: null },
        { sampleId: 'arithmetic.dev.1', target: '["5","five"]', scores: { correct: { value: false } } },
        { sampleId: 'arithmetic.dev.2', error: 'no answer', scores: {} },
      ],
    });
    expect(report.leftOut).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ field: 'events (sampling)', count: 1 }),
        expect.objectContaining({ field: 'final_report.counts', count: 1 }),
      ]),
    );
  });

  it('keeps a score whatever its name, and gives no score to whatever inherits one', async () => {
    const judged = `{"correct":true,"__proto__":0.5,"constructor":1,"expected":"4"}`;
    const line = JSON.stringify(event('odd.dev.0', 'metrics', { judged: 'JUDGED' })).replace(
      '{"judged":"JUDGED"}',
      judged,
    );
    const { runs } = await planOfBytes(`${text([SPEC])}${line}\n`);
    const { scores } = runs[0]!.samples![0]!;
    expect(
      Object.entries(scores).map(([name, score]) => [name, (score as { value: unknown }).value]),
    ).toEqual([
      ['correct', true],
      ['__proto__', 0.5],
      ['constructor', 1],
    ]);
    expect(Object.getPrototypeOf(scores)).toBe(Object.prototype);
    expect(JSON.stringify(scores)).toContain('"__proto__":{"value":0.5');
  });

  it('says of a log without a final report that its run did not end', async () => {
    const { runs, report } = await planOfBytes(text(LINES.slice(0, 3)));
    expect(runs[0]!.status).toBe('STARTED');
    expect(report.warnings.join(' ')).toMatch(/no final report/);
  });

  it('leaves out a broken line, and refuses a log without its spec', async () => {
    const { report } = await planOfBytes(`${text(LINES.slice(0, 2))}{"run_id":`);
    expect(report.leftOut).toContainEqual({ field: '(lines)', count: 1, reason: 'no JSON' });
    expect((await refusalOf(text(LINES.slice(1)))).message).toMatch(/no spec line/);
  });
});
