import { describe, expect, it } from 'vitest';
import { agreementOf, judgesByPart } from './grader-agreement.ts';

const judge = (name: string, said: string) => ({ name, said: [...said].map((c) => (c === '-' ? null : c)) });

describe('agreement between graders', () => {
  it('is told for all and for every two, over what they judged in common', () => {
    const found = agreementOf('blackmail', [judge('model', 'yynnyn'), judge('human', 'yyn-yy')], false)!;
    expect(found).toMatchObject({ about: 'blackmail', graders: ['model', 'human'], items: 5, note: null });
    expect(found.pairs).toHaveLength(1);
    expect(found.pairs[0]).toMatchObject({ items: 5, agreed: 4 });
    expect(found.pairs[0]?.kappa).toBeCloseTo((0.8 - 0.56) / 0.44, 12);
    expect(found.pairs[0]?.interval?.upper).toBeLessThanOrEqual(1);
  });
  it('is none where fewer than two judged a sample in common', () => {
    expect(agreementOf('x', [judge('model', 'yy')], false)).toBeNull();
    expect(agreementOf('x', [judge('model', 'y-'), judge('human', '-y')], false)).toBeNull();
    expect(agreementOf('x', [judge('model', 'yy'), judge('human', '--')], false)).toBeNull();
  });
  it('is no number where all say the same, or in different words', () => {
    const same = agreementOf('x', [judge('a', 'yyy'), judge('b', 'yyy')], true)!;
    expect(same).toMatchObject({ alpha: null });
    expect(same.pairs[0]).toMatchObject({ kappa: null, agreed: 3 });
    expect(same.pairs[0]?.note).toContain('same answer');
    expect(same.note).toContain('Epochs');
    const apart = agreementOf('x', [judge('a', 'CI'), judge('b', '10')], false)!;
    expect(apart.pairs[0]).toMatchObject({ kappa: null });
    expect(apart.pairs[0]?.note).toContain('different words');
  });
  it('is read of scores by their parts, and not of scales', () => {
    const samples = Array.from({ length: 30 }, (_, i) => ({
      judge: { value: null, parts: { harmful: i % 2 } },
      human: { value: null, parts: { harmful: i % 3 === 0 } },
      length: { value: i, parts: null },
      words: { value: i * 2, parts: null },
      match: 'C',
    }));
    const found = judgesByPart(samples);
    expect([...found.keys()]).toEqual(['harmful']);
    expect(found.get('harmful')?.map(({ name }) => name)).toEqual(['human', 'judge']);
    expect(found.get('harmful')?.[0]?.said.slice(0, 3)).toEqual(['1', '0', '0']);
  });
});
