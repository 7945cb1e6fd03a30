import { describe, expect, it } from 'vitest';
import { compareSettings, samplingSettings } from './sampling-settings.ts';

/** As the import keeps what a record of every_eval_ever says of a run. */
const record = (eval_library: object | null, more: object = {}) => ({
  tool: 'every_eval_ever',
  eval_library,
  generation_config: { generation_args: { temperature: 0 } },
  ...more,
});
const compared = (one: object, two: object) =>
  compareSettings(samplingSettings(one as never)!, samplingSettings(two as never)!, true);
const unknown = (what: string, whose: string) => `sampling settings: ${what}: ${whose}`;

describe('the settings of a record of every_eval_ever', () => {
  it('are the library that evaluated, and its version', () => {
    const helm = record({ name: 'helm', version: '0.5.4' });
    expect(compared(helm, helm)).toEqual({ differences: [], unknowns: [] });
    expect(compared(helm, record({ name: 'helm', version: '0.5.5' })).differences).toEqual([
      'evaluation library version: "0.5.4" against "0.5.5"',
    ]);
    // Two libraries count their versions by themselves.
    expect(compared(helm, record({ name: 'lm_eval', version: '0.4.9' }))).toEqual({
      differences: ['evaluation library: "helm" against "lm_eval"'],
      unknowns: [],
    });
  });

  it('are not known where a record does not say which library, or calls it unknown', () => {
    const said = record({ name: 'helm', version: '0.5.4' });
    const one = 'recorded for one of them alone';
    for (const library of [null, {}, { name: 'unknown', version: 'unknown' }])
      expect(compared(said, record(library))).toEqual({
        differences: [],
        unknowns: [unknown('evaluation library', one), unknown('evaluation library version', one)],
      });
    expect(compared(record({ name: 'helm' }), said)).toEqual({
      differences: [],
      unknowns: [unknown('evaluation library version', one)],
    });
  });

  it('are not known of generation where a record does not say how it was done', () => {
    const silent = record({ name: 'helm', version: '1' }, { generation_config: null });
    expect(compared(silent, silent)).toEqual({
      differences: [],
      unknowns: [unknown('how the model generates', 'not recorded for either')],
    });
  });

  it('are not recorded at all of a file of samples, which names neither', () => {
    expect(samplingSettings({ tool: 'every_eval_ever', evaluation_id: 'x' })).toBeNull();
  });

  it('are set against a library that is not recorded where another tool evaluated', () => {
    const log = { generateConfig: { max_connections: 1 } };
    expect(compared(record({ name: 'helm', version: '1' }), log).differences).toEqual([]);
    expect(compared(record({ name: 'helm', version: '1' }), log).unknowns).toEqual([
      'evaluation library: "helm" against one that is not recorded',
      'evaluation library version: "1" against one that is not recorded',
    ]);
  });
});
