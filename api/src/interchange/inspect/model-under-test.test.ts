import { describe, expect, it } from 'vitest';
import { compareSettings, samplingSettings } from '../../evaluation/sampling-settings.ts';
import { planOf, refusalOf } from '../formats/file-fixture.ts';

const role = (model: string, config: object = {}, args: object = {}) => ({ model, config, args });
const ROLES = { auditor: role('lab/auditor'), target: role('lab/target-1'), judge: role('lab/judge') };

/** As Petri writes a log: a task without a model of its own, whose agent asks the models in their roles. */
const log = (model_roles: object | null, more: object = {}, model = 'none/none') => ({
  version: 2,
  status: 'success',
  eval: {
    eval_id: 'petri0000001',
    run_id: 'r1',
    task_id: 't1',
    created: '2025-12-05T07:54:00+01:00',
    task: 'petri/audit',
    task_version: 0,
    task_args: {},
    dataset: { samples: 1, sample_ids: [1], shuffled: false },
    model,
    model_generate_config: {},
    model_args: {},
    model_roles,
    config: { epochs: 1 },
    packages: { inspect_ai: '0.3.150' },
    scorers: [{ name: 'alignment_judge', options: {} }],
    ...more,
  },
  plan: { steps: [{ solver: 'auditor_agent', params: {} }], config: {} },
  samples: [{ id: 1, epoch: 1, input: 'x', target: '', scores: { alignment_judge: { value: 4 } } }],
});
const runOf = async (document: object) => (await planOf(document)).runs[0]!;
const settingsOf = async (document: object) => samplingSettings((await runOf(document)).metadata as never)!;
const compared = async (one: object, two: object) =>
  compareSettings(await settingsOf(one), await settingsOf(two), true);

describe('the model of a log that says it evaluated none', () => {
  it('is the one in the role of the target, and the report says so', async () => {
    const { model, metadata, report } = await runOf(log(ROLES));
    expect(model.name).toBe('lab/target-1');
    expect(metadata).toMatchObject({ model: 'lab/target-1', modelRole: 'target' });
    expect(report.warnings.join('\n')).toMatch(
      /names no model of its own \(none\/none\): .*lab\/target-1, which it binds to the role target/,
    );
  });

  it('is no setting beside what it is: two targets that are audited alike are comparable', async () => {
    const other = { ...ROLES, target: role('lab/target-2') };
    expect(await compared(log(ROLES), log(other))).toEqual({ differences: [], unknowns: [] });
    const warm = { ...ROLES, target: role('lab/target-2', { temperature: 1 }) };
    expect(
      await compared(log({ ...ROLES, target: role('lab/target-1', { temperature: 0 }) }), log(warm)),
    ).toEqual({
      differences: ['temperature: 0 against 1'],
      unknowns: [],
    });
    // What is not said of one is a default, as of any model.
    expect((await compared(log(ROLES), log(warm))).differences).toEqual([]);
  });

  it('leaves each other role a setting, whichever model is in it', async () => {
    const auditor = { ...ROLES, auditor: role('lab/other') };
    expect((await compared(log(ROLES), log(auditor))).differences).toEqual([
      'sampling settings: another role auditor',
    ]);
    // The auditor of both is the same, though in one of them it audits itself.
    const itself = { ...ROLES, target: role('lab/auditor') };
    expect((await compared(log(ROLES), log(itself))).differences).toEqual([]);
  });

  it('is judged by nobody known, where a scorer would ask the model of the run', async () => {
    const { auditor, target } = ROLES;
    const scorers = [{ name: 'model_graded_qa', options: {} }];
    const { graders } = await runOf(log({ auditor, target }, { scorers }));
    expect(graders).toMatchObject([{ kind: 'MODEL', model: null }]);
  });

  it.each([
    [null, /names no model under test \(its model is none\/none\), and binds none to a role/],
    [{}, /binds none to a role/],
    [{ judge: role('lab/judge') }, /the one role that it binds, judge, may have judged/],
    [
      { auditor: role('lab/a'), judge: role('lab/j') },
      /none of the roles that it binds, auditor, judge, is the target/,
    ],
    [{ target: role('none/none') }, /binds none to a role/],
    [{ target: role('lab/a'), 'target#2': role('lab/b') }, /binds several models to the role target/],
  ])('is refused where no role says which it is: %j', async (roles, reason) => {
    expect((await refusalOf(JSON.stringify(log(roles)))).message).toMatch(reason);
  });

  it('stays the one that the log names, where it names one beside its roles', async () => {
    const { model, metadata } = await runOf(log(ROLES, {}, 'lab/named'));
    expect(model.name).toBe('lab/named');
    expect(metadata).not.toHaveProperty('modelRole');
  });
});

describe('how the model under test generates', () => {
  const stating = (of: { plan?: object; model?: object; args?: object }) => ({
    ...log({}, { model_generate_config: of.model, model_args: of.args ?? {} }, 'hf/lab/m'),
    plan: { steps: [{ solver: 'generate', params: {} }], config: of.plan },
  });

  it('is what the task and the call of eval() say, over what the model itself says', async () => {
    const { metadata, report } = await runOf(
      stating({
        plan: { temperature: 1, top_p: null },
        model: { temperature: 0.5, top_p: 0.9, max_tokens: 10 },
      }),
    );
    expect(metadata.generateConfig).toEqual({ temperature: 1, top_p: 0.9, max_tokens: 10 });
    expect(report.kept.map(({ field }) => field)).toContain('plan.config');
    expect(report.leftOut.map(({ field }) => field)).not.toContain('plan.config');
  });

  it('tells two temperatures of the task apart in logs that say it nowhere else', async () => {
    expect(
      (await compared(stating({ plan: { temperature: 0 } }), stating({ plan: { temperature: 1 } })))
        .differences,
    ).toEqual(['temperature: 0 against 1']);
  });

  it('is by the arguments of the model that change what it answers, of which no others are kept', async () => {
    const args = { quantization: 'awq', torch_dtype: 'torch.float16', api_key: 'marked', device: 'cuda:0' };
    const run = await runOf(stating({ args }));
    expect(run.metadata.modelArgs).toEqual({ quantization: 'awq', torch_dtype: 'torch.float16' });
    expect(JSON.stringify(run)).not.toContain('marked');
    expect(run.report.leftOut).toContainEqual(
      expect.objectContaining({ field: 'eval.model_args', count: 2 }),
    );
    expect(await compared(stating({ args }), stating({ args: { dtype: 'float16', device: 'cpu' } }))).toEqual(
      {
        differences: ['quantization: "awq" against false'],
        unknowns: [],
      },
    );
  });

  it('is not known where a log states arguments that are not kept', async () => {
    const args = { chat_template: 'a template', base_url: 'https://me:marked@host' };
    const run = await runOf(stating({ args }));
    expect(JSON.stringify(run)).not.toMatch(/marked|a template/);
    expect(await compared(stating({ args }), stating({}))).toEqual({
      differences: [],
      unknowns: ['sampling settings: model arguments that are not kept: recorded for one of them alone'],
    });
  });

  it('takes the arguments of the role whose model is under test', async () => {
    const target = role('vllm/lab/t', {}, { quantization: 'fp8', api_key: 'marked' });
    const run = await runOf(log({ ...ROLES, target }, { model_args: { dtype: 'float16' } }));
    expect(run.metadata.modelArgs).toEqual({ quantization: 'fp8' });
    expect(JSON.stringify(run)).not.toContain('marked');
    // Those of the run are of no model.
    expect(run.report.leftOut).toContainEqual(
      expect.objectContaining({ field: 'eval.model_args', count: 1 }),
    );
  });

  it('says no more of a log without any of it than before, so that it is known again', async () => {
    const { metadata, contentDigest } = await runOf(stating({}));
    expect(metadata).not.toHaveProperty('modelArgsUntold');
    const { contentDigest: silent } = await runOf({
      ...stating({}),
      eval: { ...stating({}).eval, model_args: undefined },
    });
    expect(contentDigest).toBe(silent);
  });
});

describe('the arguments of the models in other roles', () => {
  const args = { quantization: 'awq', dtype: 'float16', api_key: 'marked', device: 'cuda:0' };
  const auditor = (loaded: object) => ({ ...ROLES, auditor: role('hf/lab/auditor', {}, loaded) });

  it('are kept by role, but for those that may hold credentials, and the report says so', async () => {
    const held = { ...auditor(args).auditor, base_url: 'https://me:marked@host' };
    const run = await runOf(log({ ...ROLES, auditor: held }));
    expect(run.metadata.modelRoleArgs).toEqual({
      auditor: { quantization: 'awq', dtype: 'float16' },
      judge: {},
    });
    expect(JSON.stringify(run)).not.toContain('marked');
    expect(run.report.kept).toContainEqual(expect.objectContaining({ field: 'eval.model_roles.*.args' }));
    expect(run.report.leftOut).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ field: 'eval.model_roles.*.args', count: 2 }),
        expect.objectContaining({
          field: 'eval.model_roles.*.base_url',
          count: 1,
          reason: 'may hold credentials',
        }),
      ]),
    );
  });

  it('are a difference where both state them, and unknown where one does not', async () => {
    const other = { ...args, dtype: 'torch.bfloat16', device: 'cpu' };
    expect(await compared(log(auditor(args)), log(auditor(other)))).toEqual({
      differences: ['sampling settings: another argument dtype of role auditor'],
      unknowns: [],
    });
    const same = { ...args, dtype: 'torch.float16', load_in_4bit: false };
    expect(await compared(log(auditor(args)), log(auditor(same)))).toEqual({ differences: [], unknowns: [] });
    expect(await compared(log(auditor({ dtype: 'float16' })), log(auditor({})))).toEqual({
      differences: [],
      unknowns: ['sampling settings: argument dtype of role auditor: recorded for one of them alone'],
    });
    // What an earlier reader recorded tells nothing of what is off.
    expect(await compared(log(auditor({})), log({ ...ROLES, auditor: 'hf/lab/auditor' }))).toEqual({
      differences: [],
      unknowns: [],
    });
  });

  it('are unknown where they are not kept', async () => {
    expect(
      (await compared(log(auditor({ chat_template: 'a' })), log(auditor({ chat_template: 'b' })))).unknowns,
    ).toEqual([
      'sampling settings: role auditor: model arguments that are not kept: not recorded for either',
    ]);
  });

  it('make another version of the grader that asks the role', async () => {
    const scorers = [{ name: 'model_graded_qa', options: {} }];
    const by = (loaded: object) =>
      log({ ...ROLES, grader: role('hf/lab/judge', {}, loaded) }, { scorers }, 'lab/m');
    const version = async (loaded: object) => (await runOf(by(loaded))).graders[0]!.version;
    expect(await version({ dtype: 'float16', device: 'cpu' })).toBe(
      await version({ torch_dtype: 'torch.float16' }),
    );
    expect(await version({ dtype: 'bfloat16' })).not.toBe(await version({ dtype: 'float16' }));
    // Then it is no setting beside it.
    expect(await compared(by({ dtype: 'bfloat16' }), by({ dtype: 'float16' }))).toEqual({
      differences: [],
      unknowns: [],
    });
  });

  it('add nothing to a log that states none, so that it is known again', async () => {
    const silent = { ...ROLES, auditor: 'lab/auditor', judge: 'lab/judge' };
    const { contentDigest } = await runOf(log({ ...silent, auditor: { model: 'lab/auditor', args: {} } }));
    expect(contentDigest).toBe((await runOf(log(silent))).contentDigest);
  });
});

describe('the revision that a log says was loaded', () => {
  const loaded = (args: object, model = 'hf/org/pythia') => log({}, { model_args: args }, model);

  it('is the version of the model, so that two checkpoints are two models, and comparable', async () => {
    const { model, report, metadata } = await runOf(loaded({ revision: 'step1000', dtype: 'float16' }));
    expect(model).toEqual({ name: 'hf/org/pythia', version: 'step1000' });
    expect(metadata).toMatchObject({ modelRevision: 'step1000' });
    expect(report.warnings.join('\n')).not.toContain('without a version');
    expect(report.kept).toContainEqual({
      field: 'eval.model_args.revision',
      how: 'version of the model under test',
    });
    expect(await compared(loaded({ revision: 'step1000' }), loaded({ revision: 'step2000' }))).toEqual({
      differences: [],
      unknowns: [],
    });
    expect(await compared(loaded({ revision: 'step1000' }), loaded({}))).toEqual({
      differences: [],
      unknowns: [],
    });
  });

  it.each([
    [{ revision: 'main' }, 'hf/org/pythia'],
    [{ revision: 'refs/pr/1' }, 'vllm/org/pythia'],
    [{}, 'hf/org/pythia'],
    // What asks somebody else loads no weights.
    [{ revision: 'step1000' }, 'openai/gpt'],
  ])('is no version where it is a branch, or none: %j of %s', async (args, name) => {
    const { model, report, metadata } = await runOf(loaded(args, name));
    expect(model).toEqual({ name, version: 'unspecified' });
    expect(metadata).not.toHaveProperty('modelRevision');
    expect(report.warnings.join('\n')).toContain('without a version');
  });

  it('is that of the role whose model is under test, and of the one that judged', async () => {
    const target = role('hf/org/pythia', {}, { revision: 'step1000' });
    expect((await runOf(log({ ...ROLES, target }))).model.version).toBe('step1000');
    const scorers = [{ name: 'model_graded_qa', options: {} }];
    const grader = role('hf/org/judge', {}, { revision: 'v2' });
    const judged = await runOf(log({ grader }, { scorers }, 'lab/m'));
    expect(judged.graders[0]!.model).toEqual({ name: 'hf/org/judge', version: 'v2' });
    // Without a role it judges itself: at each revision another.
    const itself = async (revision: string) =>
      (await runOf(log({}, { scorers, model_args: { revision } }, 'hf/org/pythia'))).graders[0]!;
    expect((await itself('step1')).model).toEqual({ name: 'hf/org/pythia', version: 'step1' });
    expect((await itself('step1')).version).not.toBe((await itself('step2')).version);
  });
});
