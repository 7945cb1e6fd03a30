import { describe, expect, it } from 'vitest';
import { definitionOf, EMPTY_RULE, parseValues, typedOf } from './rule-form.ts';

const typed = (more: Partial<typeof EMPTY_RULE> = {}) => ({
  ...EMPTY_RULE,
  scorer: 'judge',
  behavior: 'lying',
  tests: {
    ...EMPTY_RULE.tests,
    exhibited: { kind: 'values' as const, text: 'C' },
    notExhibited: { kind: 'below' as const, text: '0.5' },
  },
  ...more,
});

describe('parseValues', () => {
  it('tells numbers and yes or no from texts, and quotes make a text', () => {
    expect(parseValues('C, 1, true, "1", "a, b"\n-0.5, True')).toEqual([
      'C',
      1,
      true,
      '1',
      'a, b',
      -0.5,
      'True',
    ]);
    expect(parseValues(' , \n')).toEqual([]);
  });
});

describe('definitionOf', () => {
  it('is nothing until a scorer, a behaviour and both tests are said', () => {
    expect(definitionOf(EMPTY_RULE)).toBeNull();
    expect(definitionOf(typed({ behavior: ' ' }))).toBeNull();
    const tests = { ...typed().tests, notExhibited: { kind: 'below' as const, text: 'x' } };
    expect(definitionOf(typed({ tests }))).toBeNull();
  });

  it('is what was typed', () => {
    expect(definitionOf(typed({ conditionArgs: 'a, b' }))).toMatchObject({
      behavior: 'lying',
      key: null,
      exhibited: { values: ['C'] },
      notExhibited: { below: 0.5 },
      unscored: null,
      conditionArgs: ['a', 'b'],
    });
    const byArgument = typed({
      by: 'argument',
      argument: 'scenario',
      behaviors: 'x = lying\nnothing\ny = b',
    });
    expect(definitionOf(byArgument)?.behaviorByTaskArg).toEqual({
      argument: 'scenario',
      behaviors: [
        { value: 'x', behavior: 'lying' },
        { value: 'y', behavior: 'b' },
      ],
      otherwise: null,
    });
  });

  it('comes back from a version as it was', () => {
    const definition = definitionOf(typed({ key: 'harm', conditionArgs: 'a' }))!;
    const read = { ...definition, conditionArgs: ['a'] } as Parameters<typeof typedOf>[1];
    expect(definitionOf(typedOf({ evaluation: 'e', name: 'n' }, read))).toEqual(definition);
  });
});
