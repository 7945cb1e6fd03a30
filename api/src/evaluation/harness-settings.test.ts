import { describe, expect, it } from 'vitest';
import { compareSettings, samplingSettings } from './sampling-settings.ts';

/** As the import keeps what a results file says of a run. */
const run = (more: object = {}) => ({
  tool: 'lm-evaluation-harness',
  config: { model: 'hf', gen_kwargs: null, fewshot_seed: 1234, batch_size: 16, device: 'cuda:0' },
  modelArgs: { pretrained: 'lab/model', revision: 'step1' },
  taskConfig: {
    output_type: 'generate_until',
    generation_kwargs: { until: ['\n'], do_sample: false, temperature: 0 },
    num_fewshot: 0,
    doc_to_text: '{{q}}',
  },
  ...more,
});
const settings = (said: object) => samplingSettings(said as never);
const compared = (one: object, two: object) => compareSettings(settings(one)!, settings(two)!, true);
const NONE = { differences: [], unknowns: [] };

describe('the settings of lm-evaluation-harness', () => {
  it('are not recorded where a file says neither how its model was loaded nor what its task is', () => {
    expect(settings({ tool: 'lm-evaluation-harness', config: { model: 'hf', limit: null } })).toBeNull();
    expect(settings({ tool: 'lm-evaluation-harness', config: {}, modelArgs: {} })).toBeNull();
  });

  it('differ by how the task has the model generate', () => {
    const kwargs = (generation_kwargs: object) =>
      run({ taskConfig: { ...run().taskConfig, generation_kwargs } });
    expect(compared(run(), run())).toEqual(NONE);
    expect(
      compared(
        kwargs({ until: ['\n'], do_sample: false, temperature: 0.0, max_gen_toks: 512 }),
        kwargs({ until: ['\n\n'], do_sample: true, temperature: 0.7, max_gen_toks: 1024 }),
      ).differences,
    ).toEqual([
      'do_sample: false against true',
      'max_gen_toks: 512 against 1024',
      'temperature: 0 against 0.7',
      'until: ["\\n"] against ["\\n\\n"]',
    ]);
    const asked = run({ config: { ...run().config, gen_kwargs: { temperature: 1 } } });
    expect(compared(run(), asked).differences).toEqual(['temperature: 0 against 1']);
  });

  it('differ by the arguments of the model that change answers, and not by its name or the machine', () => {
    const loaded = (modelArgs: object, config: object = {}) =>
      run({ modelArgs: { ...run().modelArgs, ...modelArgs }, config: { ...run().config, ...config } });
    expect(compared(loaded({ dtype: 'float16' }), loaded({ dtype: 'bfloat16' })).differences).toEqual([
      'dtype: "float16" against "bfloat16"',
    ]);
    expect(compared(loaded({ load_in_8bit: 'True' }), loaded({})).differences).toEqual([
      'load_in_8bit: true against false',
    ]);
    expect(compared(loaded({ load_in_8bit: false }), loaded({}))).toEqual(NONE);
    expect(compared(loaded({ add_bos_token: 'True' }), loaded({ add_bos_token: true }))).toEqual(NONE);
    // Newer files state what was loaded, whatever was asked for.
    const auto = loaded({ dtype: 'auto' }, { model_dtype: 'torch.float16' });
    expect(compared(auto, loaded({ dtype: 'float16' }))).toEqual(NONE);
    expect(compared(loaded({ dtype: 'float16' }), loaded({})).unknowns).toEqual([
      'dtype: "float16" against a default that is not recorded',
    ]);
    const elsewhere = {
      pretrained: 'lab/other',
      revision: 'step2',
      device_map: 'auto',
      trust_remote_code: 'True',
    };
    expect(compared(loaded(elsewhere, { batch_size: 1 }), run())).toEqual(NONE);
  });

  it('are not known of generation where an older file says nothing of its task', () => {
    const { taskConfig: _task, ...older } = run();
    const unknown = (whose: string) =>
      ['how the model generates', 'the texts of the task'].map(
        (what) => `sampling settings: ${what}: ${whose}`,
      );
    expect(compared(older, older)).toEqual({ differences: [], unknowns: unknown('not recorded for either') });
    const choice = run({ taskConfig: { output_type: 'multiple_choice', doc_to_text: '{{q}}' } });
    expect(compared(older, choice).unknowns).toEqual(unknown('recorded for one of them alone'));
    expect(compared(choice, choice)).toEqual(NONE);
  });

  it('differ by which examples were drawn, where any are shown', () => {
    const shots = (num_fewshot: number, fewshot_seed: number) =>
      run({ taskConfig: { ...run().taskConfig, num_fewshot }, config: { ...run().config, fewshot_seed } });
    expect(compared(shots(5, 1), shots(5, 2)).differences).toEqual(['fewshot_seed: 1 against 2']);
    expect(compared(shots(0, 1), shots(0, 2))).toEqual(NONE);
  });

  it('differ by the texts of the task, where one version of it was edited', () => {
    const task = (texts: object) => run({ taskConfig: { ...run().taskConfig, ...texts } });
    const asked = { doc_to_text: 'Q: {{q}}\nA:', doc_to_target: '{{a}}', description: '' };
    const edited = { ...asked, doc_to_text: 'Question: {{q}}\nAnswer:' };
    expect(compared(task(asked), task({ ...asked, process_results: 'x' }))).toEqual(NONE);
    expect(compared(task(asked), task(edited)).differences).toEqual([
      expect.stringMatching(/^text doc_to_text of the task: "~[0-9a-f]{8}" against "~[0-9a-f]{8}"$/),
    ]);
    // None, an empty one and one that is left out are alike; another is told where one has none.
    expect(compared(task(asked), task({ ...asked, description: undefined }))).toEqual(NONE);
    expect(compared(task(asked), task({ ...asked, description: 'Answer.' })).differences).toEqual([
      expect.stringMatching(/^text description of the task: none against "~[0-9a-f]{8}"$/),
    ]);
    const choices = { ...asked, doc_to_choice: ['A', 'B'] };
    expect(compared(task(choices), task({ ...asked, doc_to_choice: ['B', 'A'] })).differences).toHaveLength(
      1,
    );
  });

  it('are not known of the texts where a file does not hold them, or holds where they stood in memory', () => {
    const task = (texts: object) => run({ taskConfig: { ...run().taskConfig, ...texts } });
    const asked = task({ doc_to_text: 'Q: {{q}}', doc_to_target: '{{a}}' });
    const unknown = (what: string, whose: string) => `sampling settings: ${what}: ${whose}`;
    const { doc_to_text: _text, ...silent } = run().taskConfig;
    expect(compared(asked, run({ taskConfig: silent }))).toEqual({
      differences: [],
      unknowns: [unknown('the texts of the task', 'recorded for one of them alone')],
    });
    const made = (address: string) =>
      task({
        doc_to_text: 'Q: {{q}}',
        process_docs: `functools.partial(<function docs at 0x${address}>, 1)`,
      });
    expect(compared(made('7b5ae4'), made('7d120f'))).toEqual({
      differences: [],
      unknowns: [unknown('text process_docs of the task', 'not recorded for either')],
    });
    // Another tool has no such texts.
    expect(
      compareSettings(settings(asked)!, samplingSettings({ generateConfig: {} } as never)!, true),
    ).toMatchObject({
      differences: [],
      unknowns: expect.arrayContaining([unknown('the texts of the task', 'recorded for one of them alone')]),
    });
    const { taskConfig: _task, ...older } = run();
    expect(compared(older, asked).unknowns).toContain(
      unknown('the texts of the task', 'recorded for one of them alone'),
    );
  });
});
