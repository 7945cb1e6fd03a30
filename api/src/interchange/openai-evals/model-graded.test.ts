import { describe, expect, it } from 'vitest';
import { planOfBytes } from '../formats/file-fixture.ts';

const ARGS = { samples_jsonl: 'jokes/samples.jsonl', eval_type: 'cot_classify', modelgraded_spec: 'humor' };
const CLASSIFY = 'evals.elsuite.modelgraded.classify:ModelBasedClassify';
const specOf = ({ fns = ['m-turbo', 'judge-1'], cls = CLASSIFY, args = ARGS as object } = {}) => ({
  spec: {
    completion_fns: fns,
    eval_name: 'jokes.dev.v0',
    run_config: { completion_fns: fns, eval_spec: { cls, args } },
    run_id: '230101000000ABCDEFGH',
  },
});
const metrics = (i: number, data: object) => ({
  run_id: '230101000000ABCDEFGH',
  event_id: i,
  sample_id: `jokes.dev.${i}`,
  type: 'metrics',
  data,
});
const read = async (...lines: object[]) => {
  const { runs, report } = await planOfBytes(lines.map((line) => `${JSON.stringify(line)}\n`).join(''));
  return { run: runs[0]!, warnings: report.warnings.join(' ') };
};
const EVENTS = [
  metrics(0, { choice: 'Yes', score: 1 }),
  metrics(1, { choice: '__invalid__', score: 0 }),
  { final_report: { score: 0.5, 'counts/Yes': 1, 'counts/__invalid__': 1, usage_total_tokens: 9 } },
];

describe('evaluations of OpenAI evals that a model grades', () => {
  it('names the last of several models as the judge, and what it was told to do as its version', async () => {
    const { run, warnings } = await read(specOf(), ...EVENTS);
    expect(run.model.name).toBe('m-turbo');
    expect(run.graders).toEqual(
      ['openai-evals/choice', 'openai-evals/score'].map((name) => ({
        name,
        version: expect.stringMatching(/^[0-9a-f]{12}$/),
        kind: 'MODEL',
        prompt: null,
        parser: null,
        model: { name: 'judge-1', version: 'unspecified' },
      })),
    );
    expect(run.scores.map(({ metric, grader }) => [metric, grader])).toEqual([
      ['score', 1],
      ['counts/Yes', 0],
      ['counts/__invalid__', 0],
      ['usage_total_tokens', null],
    ]);
    expect(run.metadata.graders).toMatchObject([
      {
        scorer: 'openai-evals/choice',
        model: 'judge-1',
        params: { modelgraded_spec: 'humor', eval_type: 'cot_classify' },
      },
      { scorer: 'openai-evals/score' },
    ]);
    expect(warnings).not.toMatch(/further models/);
  });

  it.each([
    ['one model, which judges itself or not by the version of the code', ['m-turbo'], {}],
    ['as many as are compared', ['m-turbo', 'm-2'], { multicomp_n: 2 }],
    ['as many as there are', ['m-turbo', 'm-2', 'm-3'], { multicomp_n: 'from_models' }],
  ])('does not say who judged where there is %s', async (_, fns, more) => {
    const { run, warnings } = await read(specOf({ fns, args: { ...ARGS, ...more } }), ...EVENTS);
    expect(run.graders).toMatchObject([
      { kind: 'MODEL', model: null },
      { kind: 'MODEL', model: null },
    ]);
    expect(warnings).toMatch(/which model judged is not known/i);
  });

  it('tells it by the arguments of other evaluations, and of those that no model grades nothing', async () => {
    const stated = specOf({
      fns: ['m-turbo'],
      cls: 'own:Audio',
      args: { ...ARGS, eval_completion_fn: 'judge-2' },
    });
    expect((await read(stated, ...EVENTS)).run.graders[0]).toMatchObject({ model: { name: 'judge-2' } });
    const { run } = await read(specOf({ cls: 'evals.elsuite.basic.match:Match', args: {} }), ...EVENTS);
    expect(run.graders).toEqual([]);
    expect(run.metadata).not.toHaveProperty('graders');
    expect(run.scores.every(({ grader }) => grader === null)).toBe(true);
  });

  it('makes another version of another instruction, and none of where the samples lie', async () => {
    const versionOf = async (more: object) =>
      (await read(specOf({ args: { ...ARGS, ...more } }), ...EVENTS)).run.graders[0]!.version;
    const one = await versionOf({});
    expect(await versionOf({ samples_jsonl: 'elsewhere.jsonl' })).toBe(one);
    for (const more of [
      { modelgraded_spec: 'fact' },
      { eval_type: 'classify' },
      { match_fn: 'exact' },
      { eval_kwargs: { max_tokens: 9 } },
      { modelgraded_spec_args: { criteria: { helpful: 'Is it?' } } },
    ])
      expect(await versionOf(more)).not.toBe(one);
  });

  it('keeps what the judge chose, though no score is given for it', async () => {
    const { run } = await read(
      specOf(),
      metrics(0, { choice: 'A' }),
      metrics(1, { relevance: 'Yes', clarity: 'No' }),
      metrics(2, { choice: 'x'.repeat(300) }),
    );
    expect(run.samples!.map(({ scores }) => scores)).toEqual([
      { choice: { value: 'A', parts: null, answer: null } },
      {
        relevance: { value: 'Yes', parts: null, answer: null },
        clarity: { value: 'No', parts: null, answer: null },
      },
      {},
    ]);
    expect(run.graders.map(({ name }) => name)).toEqual([
      'openai-evals/choice',
      'openai-evals/relevance',
      'openai-evals/clarity',
    ]);
  });

  it('takes an answer of the judge that could not be read for no score, and says what the report makes of it', async () => {
    const { run, warnings } = await read(specOf(), ...EVENTS);
    expect(run.samples![1]!.scores).toEqual({
      choice: { value: '__invalid__', parts: null, answer: null },
      score: { value: null, parts: null, answer: null },
    });
    expect(warnings).toMatch(/1 .*__invalid__.*lowest score/);
    expect((await read(specOf(), EVENTS[0]!, EVENTS[2]!)).warnings).not.toMatch(/__invalid__/);
  });
});
