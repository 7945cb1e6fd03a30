import { describe, expect, it } from 'vitest';
import { compareSettings, samplingSettings } from './sampling-settings.ts';

const settings = (said: object) => samplingSettings(said as never)!;
const compared = (one: object, two: object, sameCondition = true) =>
  compareSettings(settings(one), settings(two), sameCondition);

describe('sampling settings', () => {
  it('are not known where the log says nothing of them', () => {
    expect(samplingSettings(null)).toBeNull();
    expect(samplingSettings({ model: 'lab/model', tags: ['x'] })).toBeNull();
    expect(samplingSettings({ generateConfig: {} })).not.toBeNull();
  });
  it('differ where both set another value, or only one sets a limit', () => {
    expect(
      compared(
        { generateConfig: { temperature: 0, max_tokens: 100 }, config: { message_limit: 10 } },
        { generateConfig: { max_tokens: 100, temperature: 1 }, config: {} },
      ),
    ).toEqual({ differences: ['message_limit: 10 against none', 'temperature: 0 against 1'], unknowns: [] });
  });
  it('are not known to differ where one leaves to a default what the other sets', () => {
    expect(compared({ generateConfig: { temperature: 0 } }, { generateConfig: {} })).toEqual({
      differences: [],
      unknowns: ['temperature: 0 against a default that is not recorded'],
    });
  });
  it('are the same whatever says how requests are sent, how much is drawn, or who grades, where a grader states it', () => {
    const by = (judge: string) => ({
      modelRoles: { grader: judge },
      taskArgs: { grader_model: judge },
      graders: [
        { scorer: 'match', model: null, modelFrom: null, params: {} },
        { scorer: 'model_graded_qa', model: judge, modelFrom: 'role', role: 'grader', params: {} },
      ],
    });
    const one = {
      generateConfig: { max_connections: 1, seed: 1 },
      config: { epochs: 1, limit: 5 },
      ...by('a'),
    };
    const two = {
      generateConfig: { max_connections: 9, seed: 2 },
      config: { epochs: 4 },
      ...by('b'),
    };
    expect(compared(one, two)).toEqual({ differences: [], unknowns: [] });
  });
  it('differ by who may grade, where the graders do not all say who it is', () => {
    const by = (judge: string, ...graders: object[]) => ({
      model: 'lab/m',
      modelRoles: { grader: judge },
      taskArgs: { judge_model: judge },
      graders,
    });
    const both = [
      'sampling settings: another role grader',
      'sampling settings: another task argument judge_model',
    ];
    const match = { scorer: 'match', model: null, modelFrom: null, params: {} };
    const stating = (model: string) => ({ scorer: 'qa', model, modelFrom: 'params', params: { model } });
    const silent = { scorer: 'own_judge', model: null, modelFrom: null, params: {} };
    expect(compared(by('a'), by('b')).differences).toEqual(both);
    expect(compared(by('a', match), by('b', match)).differences).toEqual(both);
    // That of the other may ask the role, too, and does not say so.
    expect(compared(by('a', stating('a'), silent), by('b', stating('b'), silent)).differences).toEqual(both);
    // What it states is the argument, and not the role.
    expect(compared(by('a', stating('a')), by('b', stating('b'))).differences).toEqual(both.slice(0, 1));
  });
  it('differ by an argument of a grader whose value is that of another parameter by chance', () => {
    const graders = [
      { scorer: 'qa', model: 'a', modelFrom: 'params', params: { model: 'a', x: true, y: false } },
    ];
    const by = (strict_judge: boolean) => ({ taskArgs: { strict_judge }, graders });
    expect(compared(by(true), by(false)).differences).toEqual([
      'sampling settings: another task argument strict_judge',
    ]);
    const stating = (strict_judge: boolean) => ({
      taskArgs: { strict_judge },
      graders: [{ scorer: 'qa', model: 'a', modelFrom: 'params', params: { strict_judge } }],
    });
    expect(compared(stating(true), stating(false)).differences).toEqual([]);
  });
  it('differ between two models that each grade themselves by a role, and not between two that each are the target', () => {
    const by = (role: string, model: string) => ({ model, modelRoles: { [role]: model } });
    expect(compared(by('target', 'lab/a'), by('target', 'lab/b')).differences).toEqual([]);
    expect(compared(by('grader', 'lab/a'), by('grader', 'lab/b')).differences).toEqual([
      'sampling settings: another role grader',
    ]);
  });
  it('differ by how the model of a role generates, but not by how it is asked', () => {
    const at = (config: object) => ({
      modelRoles: { auditor: 'lab/a' },
      modelRoleConfigs: { auditor: config },
    });
    expect(compared(at({ temperature: 0 }), at({ temperature: 1 })).differences).toEqual([
      'sampling settings: another role auditor',
    ]);
    expect(compared(at({ max_retries: 1 }), at({ max_retries: 2 })).differences).toEqual([]);
  });
  it('differ by how the weights were loaded, and say nothing of what is off against what is not recorded', () => {
    const loaded = (model: string, modelArgs?: object) => ({
      generateConfig: {},
      config: { epochs: 1 },
      model,
      ...(modelArgs === undefined ? {} : { modelArgs }),
    });
    const whole = loaded('vllm/lab/m', {});
    const less = loaded('vllm/lab/m', { quantization: 'awq' });
    expect(compared(whole, less).differences).toEqual(['quantization: false against "awq"']);
    // Of what is asked over an API nobody knows it, and an earlier reader kept none of it.
    for (const other of [loaded('openai/m', {}), loaded('vllm/lab/m')]) {
      expect(compared(whole, other)).toEqual({ differences: [], unknowns: [] });
      expect(compared(less, other)).toEqual({
        differences: [],
        unknowns: ['quantization: "awq" against a default that is not recorded'],
      });
    }
  });
  it('tell of a system message, a solver or another role that it differs, and not what it says', () => {
    const one = {
      generateConfig: { system_message: 'secret one' },
      plan: [{ solver: 'generate', params: {} }],
      modelRoles: { auditor: 'hidden-1', target: 'lab/a' },
      model: 'lab/a',
    };
    const two = { ...one, generateConfig: {}, plan: [{ solver: 'react', params: { prompt: 'x' } }] };
    const roles = { modelRoles: { auditor: 'hidden-2', target: 'lab/b' }, model: 'lab/b' };
    const { differences } = compared(one, { ...two, ...roles });
    expect(differences).toEqual([
      'sampling settings: another role auditor',
      'sampling settings: another solver',
      'sampling settings: another system message',
    ]);
  });
  it('leave the arguments of the task to the condition, where that differs already', () => {
    const one = { taskArgs: { scenario: 'a', nested: { x: 1, y: 2 } } };
    const two = { taskArgs: { scenario: 'b', nested: { y: 2, x: 1 } } };
    expect(compared(one, two).differences).toEqual(['sampling settings: another task argument scenario']);
    expect(compared(one, two, false).differences).toEqual([]);
  });
});
