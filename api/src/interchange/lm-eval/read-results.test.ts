import { describe, expect, it } from 'vitest';
import { planOf, planOfBytes, refusalOf } from '../formats/file-fixture.ts';

const OLD = {
  results: { arith: { acc: 0.25, acc_stderr: 0.125, acc_norm: 0, acc_norm_stderr: 0 } },
  versions: { arith: 0 },
  config: {
    model: 'hf-causal',
    model_args: 'pretrained=lab/m-70m,revision=step143000,use_accelerate=True',
    num_fewshot: 5,
    limit: null,
    batch_size: 16,
  },
};

const NEW = {
  results: {
    suite: { 'acc,none': 0.5, 'acc_stderr,none': 0.01, alias: 'suite' },
    sums: {
      'exact_match,strict': 0.75,
      'exact_match_stderr,strict': 'N/A',
      'exact_match,none': 1,
      'exact_match_stderr,none': 0,
      alias: ' - sums',
    },
  },
  groups: { suite: { 'acc,none': 0.5, 'acc_stderr,none': 0.01, alias: 'suite' } },
  group_subtasks: { suite: ['sums'], sums: [] },
  configs: { sums: { task: 'sums', num_fewshot: 3, metric_list: [{ metric: 'exact_match' }] } },
  versions: { sums: 2 },
  'n-shot': { suite: 0, sums: 3 },
  higher_is_better: { sums: { exact_match: true } },
  'n-samples': { sums: { original: 40, effective: 8 } },
  config: {
    model: 'hf',
    model_args: 'pretrained=lab/m,token=hf_marked,api_key=marked,dtype=float32',
    model_revision: 'main',
    model_sha: 'c0ffee',
    limit: 8.0,
    gen_kwargs: null,
  },
  git_hash: 'abc123',
  date: 1_700_000_000.5,
  pretty_env_info: 'a machine',
  model_name: 'lab/m',
};

describe('results of lm-evaluation-harness', () => {
  it('makes one run a task of an old file, with model, revision and shots as stated', async () => {
    const { format, runs, report } = await planOf(OLD);
    expect(format).toBe('lm-eval-results');
    expect(runs).toHaveLength(1);
    expect(runs[0]).toMatchObject({
      evaluation: { name: 'arith', version: '0' },
      model: { name: 'lab/m-70m', version: 'step143000' },
      conditions: [{ name: '5-shot', factors: { nShot: 5 } }],
      status: 'SUCCESS',
      startedAt: null,
      samples: null,
      samplesDeclared: null,
      measurements: [],
      behaviors: [],
    });
    expect(report.warnings).toContain('The file does not date its run.');
  });

  it('takes no standard error of 0 at the end of a scale for certainty, and says what was stated', async () => {
    const { runs } = await planOf(OLD);
    expect(runs[0]!.scores).toMatchObject([
      { metric: 'acc', value: 0.25, standardError: 0.125, sampleCount: null, note: null },
      {
        metric: 'acc_norm',
        value: 0,
        standardError: null,
        note: expect.stringMatching(/standard error of 0/),
      },
    ]);
  });

  it('keeps filters apart, counts and directions of a new file, and what is no number as none', async () => {
    const { runs } = await planOf(NEW);
    const sums = runs.find((run) => run.evaluation.name === 'sums')!;
    expect(sums).toMatchObject({
      evaluation: { version: '2' },
      conditions: [{ name: '3-shot, first 8 samples' }],
      samplesDeclared: 8,
      startedAt: new Date('2023-11-14T22:13:20.500Z'),
    });
    expect(sums.scores).toMatchObject([
      {
        metric: 'exact_match,strict',
        value: 0.75,
        standardError: null,
        sampleCount: 8,
        higherIsBetter: true,
        note: 'the file states "N/A" for its standard error',
      },
      { metric: 'exact_match', value: 1, standardError: null },
    ]);
  });

  it('takes a limit above the number of samples for none', async () => {
    const plan = await planOf({ ...NEW, 'n-samples': { sums: { original: 8, effective: 8 } } });
    expect(plan.runs.find((run) => run.evaluation.name === 'sums')!.conditions[0]?.name).toBe('3-shot');
  });

  it('names an aggregate as one, and counts none of its samples a second time', async () => {
    const { runs } = await planOf(NEW);
    const suite = runs.find((run) => run.evaluation.name === 'suite (aggregate)')!;
    expect(suite.samplesDeclared).toBeNull();
    expect(suite.metadata.aggregateOf).toEqual(['sums']);
    expect(suite.scores).toMatchObject([
      {
        metric: 'acc',
        value: 0.5,
        sampleCount: null,
        note: expect.stringContaining('an aggregate over tasks'),
      },
    ]);
  });

  it('drops what may hold credentials from the arguments, and reports it', async () => {
    const plan = await planOf(NEW);
    expect(JSON.stringify(plan)).not.toContain('marked');
    expect(plan.report.leftOut.map((lost) => lost.field)).toEqual(
      expect.arrayContaining(['model_args.token', 'model_args.api_key', 'pretty_env_info']),
    );
    expect(plan.runs[0]!.metadata.modelArgs).toEqual({ pretrained: 'lab/m', dtype: 'float32' });
  });

  it('takes the commit that was loaded for a version where the revision is a branch that moves', async () => {
    expect((await planOf(NEW)).runs[0]!.model).toEqual({ name: 'lab/m', version: 'c0ffee' });
    const none = await planOf({ ...NEW, config: { ...NEW.config, model_sha: '' } });
    expect(none.runs[0]!.model.version).toBe('unspecified');
    expect([...none.report.warnings, ...none.runs[0]!.report.warnings].join(' ')).toMatch(
      /without a version/,
    );
  });

  it('reads bare NaN and Infinity as no value, never as 0', async () => {
    const text = JSON.stringify(OLD)
      .replace('"acc":0.25', '"acc":NaN')
      .replace('"acc_norm":0', '"acc_norm":Infinity');
    const { runs, report } = await planOfBytes(text);
    expect(runs[0]!.scores).toMatchObject([
      { metric: 'acc', value: null, standardError: null, note: 'the file states NaN for it' },
      { metric: 'acc_norm', value: null, note: 'the file states Infinity for it' },
    ]);
    expect(report.warnings.join(' ')).toMatch(/stated as no number/);
  });

  it('keeps a version as it is written', async () => {
    const plan = await planOfBytes(JSON.stringify(OLD).replace('"arith":0', '"arith":1.0'));
    expect(plan.runs[0]!.evaluation.version).toBe('1.0');
  });

  it('names a checkpoint of a training library by its folder and step, and says that it is a path', async () => {
    const args = { load: '/ckpts/350M_x', iteration: 67_000, config_files: { 'a.yml': {} }, num_layers: 24 };
    const plan = await planOf({ ...OLD, config: { ...OLD.config, model: 'neox', model_args: args } });
    expect(plan.runs[0]!.model).toEqual({ name: '/ckpts/350M_x', version: 'step67000' });
    expect(plan.report.warnings.join(' ')).toMatch(/names the model by a path/);
    expect(plan.report.leftOut).toContainEqual(expect.objectContaining({ field: 'model_args', count: 1 }));
  });

  it.each(['main', 'master'])(
    'takes no branch that moves for a version where %s was asked for by name',
    async (branch) => {
      const model_args = `pretrained=lab/m,revision=${branch}`;
      const version = async (config: object) => {
        const { runs } = await planOf({ ...NEW, config: { ...NEW.config, model_args, ...config } });
        expect(runs[0]!.metadata).toMatchObject({ modelArgs: { revision: branch } });
        return runs[0]!.model.version;
      };
      expect(await version({})).toBe('c0ffee');
      expect(await version({ model_args: `${model_args},step=7` })).toBe('step7');
      expect(await version({ model_sha: '' })).toBe('unspecified');
      expect(await version({ model_revision: 'v2', model_sha: '' })).toBe('v2');
    },
  );

  it('names an adapter as the model, as the harness does, and gives it no revision of its base', async () => {
    const model_args = 'pretrained=lab/m,peft=out/epoch_5,revision=step7';
    const plan = await planOf({ ...OLD, config: { ...OLD.config, model_args } });
    expect(plan.runs[0]!.model).toEqual({ name: 'out/epoch_5', version: 'unspecified' });
    expect(plan.runs[0]!.metadata.modelArgs).toMatchObject({ pretrained: 'lab/m' });
  });

  it('makes a run a prompt of a table, each its own condition', async () => {
    const row = { task_name: 'pronouns', em: 0.5, em_stderr: 0.1 };
    const plan = await planOf({
      table_results: {
        'pronouns+a': { ...row, prompt_name: 'a' },
        'pronouns+b': { ...row, prompt_name: 'b', em: 0.25 },
      },
      model_args: { iteration: 1000, config_files: { '70m-dedup': null } },
    });
    expect(
      plan.runs.map((run) => [run.evaluation.name, run.conditions[0]?.name, run.scores[0]?.value]),
    ).toEqual([
      ['pronouns', 'prompt a', 0.5],
      ['pronouns', 'prompt b', 0.25],
    ]);
    expect(plan.runs[0]!.model).toEqual({ name: '70m-dedup', version: 'step1000' });
    expect(plan.report.warnings.join(' ')).toMatch(/by a configuration file alone/);
  });

  it('refuses a file that names no model, under the name of its format', async () => {
    const { message, format } = await refusalOf(JSON.stringify({ results: { sums: { acc: 1 } } }));
    expect(message).toMatch(/names no model/);
    expect(format).toBe('lm-eval-results');
    const series = { results: { sums: { acc: [0.1, 0.2] } }, checkpoints: [1, 2], tokens: [10, 20] };
    expect((await refusalOf(JSON.stringify(series))).message).toMatch(/names no model/);
  });

  it('has the same identity and content in another file of the same results, and another content where one differs', async () => {
    const [one] = (await planOf(OLD)).runs;
    const other = {
      ...OLD,
      config: { ...OLD.config, batch_size: 32 },
      results: { ...OLD.results, more: { acc: 1 } },
    };
    const [same] = (await planOf(other)).runs;
    expect([same!.runIdentity, same!.contentDigest]).toEqual([one!.runIdentity, one!.contentDigest]);
    const [differs] = (await planOf({ ...OLD, results: { arith: { acc: 0.5 } } })).runs;
    expect(differs!.runIdentity).toBe(one!.runIdentity);
    expect(differs!.contentDigest).not.toBe(one!.contentDigest);
    expect(differs!.runNames[0]).toBe(one!.runNames[0]);
    expect(differs!.runNames[1]).not.toBe(one!.runNames[1]);
  });

  it('leaves nothing out in silence: names without a figure, lists, unknown fields', async () => {
    const { report } = await planOf({
      ...OLD,
      results: {
        ...OLD.results,
        blank: { alias: 'blank' },
        series: { acc: [1, 2, 3] },
        odd: { x_stderr: 0.5 },
      },
      surprise: { a: 1, b: 2 },
    });
    expect(report.leftOut).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ field: 'results[]', count: 3 }),
        expect.objectContaining({ field: 'results[][]', count: 3 }),
        expect.objectContaining({ field: 'results[][]', count: 1 }),
        { field: 'surprise', count: 2, reason: 'this reader does not know the field' },
      ]),
    );
  });

  it('makes one run of what a fork writes both as a list and as a table, and leaves texts among figures out', async () => {
    const row = { task_name: 'pronouns', prompt_name: 'a', acc: 0.5, dataset_path: 'lab/pronouns' };
    const plan = await planOf({
      results: [row],
      table_results: { 'pronouns+a': { task_name: 'pronouns', prompt_name: 'a', acc: 0.5, acc_stderr: 0.1 } },
      config: { model: 'hf-causal', model_args: 'pretrained=lab/m' },
    });
    expect(plan.runs.map((run) => [run.evaluation.name, run.conditions[0]?.name])).toEqual([
      ['pronouns', 'prompt a'],
    ]);
    expect(plan.runs[0]!.scores).toMatchObject([{ metric: 'acc', value: 0.5, standardError: 0.1 }]);
    expect(plan.report.leftOut).toContainEqual(
      expect.objectContaining({ field: 'results[].dataset_path', count: 1 }),
    );
  });

  it('refuses a file of more than is kept of one', async () => {
    const value = JSON.stringify('n'.repeat(120_000));
    const tasks = Array.from({ length: 900 }, (_, i) => `"t${i}":{"task":${value}}`).join(',');
    const { message } = await refusalOf(`{"results":{},"versions":{},"configs":{${tasks}}}`);
    expect(message).toMatch(/more than is kept of one \(96 MiB\)/);
  });

  it('makes no score of the figure that stands where the harness was to predict alone', async () => {
    const bypassed = { 'bypass,none': 999, 'bypass_stderr,none': 'N/A', alias: ' - sums' };
    const results = { ...NEW.results, sums: { ...NEW.results.sums, ...bypassed } };
    const { runs, report } = await planOf({ ...NEW, results });
    const sums = runs.find(({ evaluation }) => evaluation.name === 'sums');
    expect(sums!.scores.map(({ metric }) => metric)).toEqual(['exact_match,strict', 'exact_match']);
    expect(report.leftOut).toContainEqual({
      field: 'results[].bypass',
      count: 1,
      reason: expect.stringContaining('predict alone'),
    });
    // Nothing else stands there as a rule.
    const { message } = await refusalOf(JSON.stringify({ ...NEW, results: { sums: bypassed }, groups: {} }));
    expect(message).toMatch(/no figure of any task: .* predict alone/);
  });
});
