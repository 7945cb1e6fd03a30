import { describe, expect, it } from 'vitest';
import type { JsonValue } from './json-value.ts';
import type { RawHeader } from './log-collector.ts';
import { normaliseGraders } from './normalise-graders.ts';

interface Bound {
  scorers: JsonValue;
  roles?: Record<string, string>;
  configs?: Record<string, { [key: string]: JsonValue }>;
}

function judges({ scorers, roles = {}, configs = {} }: Bound) {
  const header = { fields: new Map([['eval.scorers', scorers]]), resultScores: [] } as unknown as RawHeader;
  return normaliseGraders(header, { model: 'lab/tested', modelRoles: roles, modelRoleConfigs: configs });
}
const scorer = (name: string, options: { [key: string]: JsonValue } = {}) => [{ name, options }];

describe('the model that judges', () => {
  it.each(['model_graded_qa', 'model_graded_fact', 'inspect_ai/model_graded_fact'])(
    "is, for Inspect's own %s, what it states, else that of the role grader, else the one under test",
    (name) => {
      const roles = { grader: 'lab/judge', other: 'lab/other' };
      expect(judges({ scorers: scorer(name, { model: 'lab/stated' }), roles })).toMatchObject([
        { model: 'lab/stated', modelFrom: 'params' },
      ]);
      expect(judges({ scorers: scorer(name), roles })).toMatchObject([
        { model: 'lab/judge', modelFrom: 'role', role: 'grader' },
      ]);
      expect(judges({ scorers: scorer(name, { model_role: 'other' }), roles })).toMatchObject([
        { model: 'lab/other', modelFrom: 'role', role: 'other' },
      ]);
      const itself = [{ model: 'lab/tested', modelFrom: 'under test' }];
      expect(judges({ scorers: scorer(name) })).toMatchObject(itself);
      expect(judges({ scorers: scorer(name, { model_role: 'unbound' }), roles })).toMatchObject(itself);
      expect(judges({ scorers: scorer(name, { model_role: null }), roles })).toMatchObject(itself);
    },
  );

  it('is nobody in particular where several decide by majority', () => {
    const several = scorer('model_graded_qa', { model: ['lab/a', 'lab/b'] });
    expect(judges({ scorers: several })).toMatchObject([{ model: null, modelFrom: null }]);
  });

  it('is not known of what other packages call alike, or of a scorer that states none', () => {
    for (const name of ['somebody/model_graded_qa', 'model_graded_fact_v2', 'own_judge', 'match'])
      expect(judges({ scorers: scorer(name), roles: { grader: 'lab/judge' } })).toMatchObject([
        { model: null, modelFrom: null },
      ]);
  });

  it('comes with how the model of the role generates, where the log says so', () => {
    const roles = { grader: 'lab/judge' };
    const configs = { grader: { temperature: 0 } };
    expect(judges({ scorers: scorer('model_graded_qa'), roles, configs })).toMatchObject([
      { model: 'lab/judge', roleConfig: { temperature: 0 } },
    ]);
  });
});
