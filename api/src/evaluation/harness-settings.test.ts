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
    const unknown = (whose: string) => [`sampling settings: how the model generates: ${whose}`];
    expect(compared(older, older)).toEqual({ differences: [], unknowns: unknown('not recorded for either') });
    const choice = run({ taskConfig: { output_type: 'multiple_choice' } });
    expect(compared(older, choice).unknowns).toEqual(unknown('recorded for one of them alone'));
    expect(compared(choice, choice)).toEqual(NONE);
  });

  it('differ by which examples were drawn, where any are shown', () => {
    const shots = (num_fewshot: number, fewshot_seed: number) =>
      run({ taskConfig: { ...run().taskConfig, num_fewshot }, config: { ...run().config, fewshot_seed } });
    expect(compared(shots(5, 1), shots(5, 2)).differences).toEqual(['fewshot_seed: 1 against 2']);
    expect(compared(shots(0, 1), shots(0, 2))).toEqual(NONE);
  });
});
