import { describe, expect, it } from 'vitest';
import { processorSeconds } from '../../platform/processor-time-fixture.ts';
import { graderMeantBy, meantBy, ScorerNames, withoutPackage } from './scorer-names.ts';

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

  it('means the same as where it is compared with each name, whatever parts they have', () => {
    const parts = ['', 'a', 'b', 'ab'];
    const short = parts.flatMap((one) => [one, ...parts.map((two) => `${one}/${two}`)]);
    const all = [...short, ...short.flatMap((name) => parts.map((part) => `${part}/${name}`))];
    // Some of them, each time others, in an order of their own.
    for (let seed = 1; seed <= 40; seed += 1) {
      const names = [...new Set(all)].filter((_, i) => (i * seed) % 7 < 3).reverse();
      for (const wanted of all) expect(meantBy(wanted, names)).toEqual(comparedWithEach(wanted, names));
    }
  });

  it('is found among 20,000 without a look at each: 5,000 of them take no second', async () => {
    const names = Array.from({ length: 20_000 }, (_, i) => `package${i}/scorer${i % 5}`);
    const wanted = Array.from({ length: 5_000 }, (_, i) => `other${i}/scorer`);
    const seconds = await processorSeconds(() => {
      const known = new ScorerNames(names);
      for (const name of wanted) known.meantBy(name);
    });
    expect(seconds).toBeLessThan(1);
  });

  it('loses what is known to be a package, and nothing else', () => {
    expect(withoutPackage('inspect_ai/match', 'gsm8k')).toBe('match');
    expect(withoutPackage('evals/judge', 'evals/gsm8k')).toBe('judge');
    expect(withoutPackage('namedScores/success', 'Greetings')).toBe('namedScores/success');
    expect(withoutPackage('group/metric', 'evals/gsm8k')).toBe('group/metric');
    expect(withoutPackage('match', '/match')).toBe('match');
  });

  it("means a grader within its format or a team's namespace, and not one that is called alike", () => {
    const graders = new ScorerNames([
      'lab/promptfoo/success',
      'lab/promptfoo/namedScores/success',
      'lab/promptfoo/tone',
    ]);
    expect(graderMeantBy('success', graders)).toEqual(['lab/promptfoo/success']);
    expect(graderMeantBy('namedScores/success', graders)).toEqual(['lab/promptfoo/namedScores/success']);
    expect(graderMeantBy('namedScores/tone', graders)).toEqual(['lab/promptfoo/tone']);
    expect(graderMeantBy('b/judge', new ScorerNames(['a/judge']))).toEqual([]);
  });
});

/** What a name means, by its definition. */
function comparedWithEach(wanted: string, names: readonly string[]): string[] {
  if (names.includes(wanted)) return [wanted];
  const isWithin = (longer: string, shorter: string) => longer.endsWith(`/${shorter}`);
  const parts = (name: string) => name.split('/').length;
  const apart = (name: string) => Math.abs(parts(name) - parts(wanted));
  const alike = names.filter((name) => isWithin(name, wanted) || isWithin(wanted, name));
  const nearest = Math.min(...alike.map(apart));
  return alike.filter((name) => apart(name) === nearest);
}
