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
  it('are the same whatever says how requests are sent, how much is drawn, or who grades', () => {
    const one = {
      generateConfig: { max_connections: 1, seed: 1 },
      config: { epochs: 1, limit: 5 },
      modelRoles: { grader: 'a' },
      taskArgs: { grader_model: 'a' },
    };
    const two = {
      generateConfig: { max_connections: 9, seed: 2 },
      config: { epochs: 4 },
      modelRoles: { grader: 'b' },
      taskArgs: { grader_model: 'b' },
    };
    expect(compared(one, two)).toEqual({ differences: [], unknowns: [] });
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
