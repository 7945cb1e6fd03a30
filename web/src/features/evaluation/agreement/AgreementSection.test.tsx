import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, it } from 'vitest';
import type { AgreementFactsFragment } from '@/graphql/generated/graphql.ts';
import { AgreementSection, tellsOf } from './AgreementSection.tsx';

const PAIR = {
  one: 'classifier 1',
  two: 'people 1',
  items: 50,
  agreed: 35,
  kappa: 0.4,
  note: null,
  interval: { lower: 0.1466, upper: 0.6534, level: 0.95, method: 'normal approximation' },
};
const SUBJECT = {
  about: 'blackmail',
  graders: ['classifier 1', 'people 1'],
  items: 50,
  alpha: 0.4,
  note: null,
  behavior: { name: 'blackmail', title: 'Blackmail' },
  pairs: [PAIR],
};
const GRADERS = [
  { name: 'classifier', version: '1', kind: 'CLASSIFIER' as const },
  { name: 'people', version: '1', kind: 'HUMAN' as const },
];
const asked = (more: Partial<AgreementFactsFragment> = {}, problems: never[] = []) =>
  ({
    kind: 'data' as const,
    data: {
      lineageNode: { graderAgreement: { samplesRead: 50, complete: true, subjects: [SUBJECT], ...more } },
    },
    problems,
  }) as never;
const shown = (answer: never) => renderToStaticMarkup(<AgreementSection answer={answer} graders={GRADERS} />);
const words = (answer: never) =>
  shown(answer)
    .replace(/<[^>]+>/g, ' ')
    .replace(/\s+/g, ' ');
const pair = (more: object) => asked({ subjects: [{ ...SUBJECT, pairs: [{ ...PAIR, ...more }] }] });

describe('the agreement of graders on the page of a run', () => {
  it('names who judged, people among them, over how many samples, and says κ with its interval, and α', () => {
    const text = words(asked());
    expect(text).toMatch(
      /Judged by classifier 1 a classifier people 1 people Samples 50 samples that two or more/,
    );
    expect(text).toMatch(/Krippendorff’s α 0\.40 : 40% of the way from chance to full/);
    expect(text).toMatch(/classifier 1 and people 1 35 of 50 · 70% 0\.40 40% of the way.* 0\.15 to 0\.65/);
    expect(shown(asked())).toContain('href="/behaviors/blackmail"');
  });

  it('says what it means and what not, and draws no line between good and poor', () => {
    expect(words(asked())).toMatch(/not whether they are right/);
    expect(words(asked())).not.toMatch(/substantial|moderate|excellent|acceptable|almost perfect/i);
  });

  it('gives the reason in place of a κ that is no number, and never a 0 or a 1', () => {
    const text = words(pair({ kappa: null, interval: null, note: 'They use different words.' }));
    expect(text).toMatch(/35 of 50 · 70% They use different words\./);
    expect(text.replace(/.*35 of 50/, '').replace(/What this means.*/, '')).not.toMatch(/0\.|to full/);
  });

  it('takes a standard error of 0 for no certainty', () => {
    expect(words(pair({ kappa: 1, agreed: 50, interval: null }))).toMatch(
      /1\.00 full agreement none: the standard error is 0, which is no certainty/,
    );
  });

  it('says of agreement below chance that it is, and of samples that were not read that they were not', () => {
    expect(words(pair({ kappa: -0.25 }))).toMatch(/−0\.25 less than chance would give/);
    expect(words(asked({ complete: false, samplesRead: 5000 }))).toMatch(
      /Of the first 5,000 samples: the run has/,
    );
    expect(words(asked())).not.toMatch(/Of the first/);
  });

  it('is of scores word for word where no behaviour is judged', () => {
    expect(words(asked({ subjects: [{ ...SUBJECT, behavior: null, about: 'harmful' }] }))).toMatch(
      /Score “harmful” · word for word/,
    );
  });

  it('is absent where nobody judged beside another, and said not to be known where it could not be asked', () => {
    expect(shown(asked({ subjects: [] }))).toBe('');
    expect(tellsOf(asked({ subjects: [] }))).toBe(false);
    const failed = { kind: 'unreachable', message: 'The API does not answer.' } as never;
    expect(tellsOf(failed)).toBe(true);
    expect(words(failed)).toMatch(/How far the graders agree can’t be shown now/);
  });
});
