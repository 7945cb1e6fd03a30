import { describe, expect, it } from 'vitest';
import { graderMeantBy, meantBy, withoutPackage } from './scorer-names.ts';

describe('the name of a scorer', () => {
  it('means itself alone where it is there, and never one that only ends alike', () => {
    expect(meantBy('b/accuracy', ['a/accuracy', 'b/accuracy'])).toEqual(['b/accuracy']);
    expect(meantBy('c/accuracy', ['a/accuracy', 'b/accuracy'])).toEqual([]);
    expect(meantBy('success', ['success', 'namedScores/success'])).toEqual(['success']);
    expect(meantBy('curacy', ['accuracy'])).toEqual([]);
  });

  it('means the same within a package or without one, the nearest, and several where these are equally near', () => {
    expect(meantBy('inspect_ai/match', ['match', 'includes'])).toEqual(['match']);
    expect(meantBy('match', ['pkg/match', 'pkg/a/match'])).toEqual(['pkg/match']);
    expect(meantBy('accuracy', ['a/accuracy', 'b/accuracy', 'c'])).toEqual(['a/accuracy', 'b/accuracy']);
  });

  it('loses what is known to be a package, and nothing else', () => {
    expect(withoutPackage('inspect_ai/match', 'gsm8k')).toBe('match');
    expect(withoutPackage('evals/judge', 'evals/gsm8k')).toBe('judge');
    expect(withoutPackage('namedScores/success', 'Greetings')).toBe('namedScores/success');
    expect(withoutPackage('group/metric', 'evals/gsm8k')).toBe('group/metric');
    expect(withoutPackage('match', '/match')).toBe('match');
  });

  it("means a grader within its format or a team's namespace, and not one that is called alike", () => {
    const graders = ['lab/promptfoo/success', 'lab/promptfoo/namedScores/success', 'lab/promptfoo/tone'];
    expect(graderMeantBy('success', graders)).toEqual(['lab/promptfoo/success']);
    expect(graderMeantBy('namedScores/success', graders)).toEqual(['lab/promptfoo/namedScores/success']);
    expect(graderMeantBy('namedScores/tone', graders)).toEqual(['lab/promptfoo/tone']);
    expect(graderMeantBy('b/judge', ['a/judge'])).toEqual([]);
  });
});
