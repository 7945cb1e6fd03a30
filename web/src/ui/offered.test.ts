import { describe, expect, it } from 'vitest';
import { type Answer, namedBy, offered } from './offered.ts';

const option = (value: string) => ({ value, label: value.toUpperCase() });
const answered = (of: string, ...values: string[]): Answer => ({
  kind: 'options',
  of,
  options: values.map(option),
});
const offer = (typed: string, answer: Answer, more: Partial<Parameters<typeof offered>[0]> = {}) => {
  const { options, says } = offered({ answer, typed, chosen: [], own: null, ...more });
  return [options.map((one) => one.value), says];
};

describe('what a combobox offers', () => {
  it('is what was answered to the text that stands in it', () => {
    expect(offer('sab', answered('sab', 'a', 'b'))[0]).toEqual(['a', 'b']);
    expect(offer(' sab ', answered('sab', 'a'))[0]).toEqual(['a']);
  });

  it('is nothing of an answer to another text, which Enter would choose from', () => {
    expect(offer('sabotage', answered('', 'a', 'b'))).toEqual([[], 'Searching…']);
    expect(offer('sabotage', answered('sab', 'a'))).toEqual([[], 'Searching…']);
    expect(offer('', answered('sab', 'a'))).toEqual([[], 'Type a name.']);
  });

  it('tells apart that nothing was typed, that it is looked for, that nothing is like it, and that it failed', () => {
    expect(offer('', { kind: 'none' })[1]).toBe('Type a name.');
    expect(offer('', answered(''))[1]).toBe('Type a name.');
    expect(offer('x', { kind: 'none' })[1]).toBe('Searching…');
    expect(offer('x', answered('x'))[1]).toBe('Nothing matches.');
    expect(offer('x', { kind: 'failed', of: 'x' })[1]).toMatch(/not reachable/);
    expect(offer('xy', { kind: 'failed', of: 'x' })[1]).toBe('Searching…');
  });

  it('leaves out what is chosen already', () => {
    expect(offer('x', answered('x', 'a', 'b'), { chosen: [option('a')] })[0]).toEqual(['b']);
  });

  it('is what was typed too, where that is a choice of its own, and once', () => {
    const own = option('source:x');
    expect(offer('source:x', answered(''), { own })[0]).toEqual(['source:x']);
    expect(offer('source:x', answered('source:x', 'a'), { own })[0]).toEqual(['a', 'source:x']);
    expect(offer('source:x', answered('source:x', 'source:x'), { own })[0]).toEqual(['source:x']);
    expect(offer('source:x', answered('source:x'), { own, chosen: [own] })[0]).toEqual([]);
  });
});

describe('what was typed and left', () => {
  const pile = { value: 'dataset:the-pile@1.0', label: 'the-pile@1.0' };
  const other = { value: 'dataset:the-pile@1.0-dedup', label: 'the-pile@1.0-dedup' };

  it('names the one choice that is called so, or has that value, whatever the case', () => {
    expect(namedBy(' The-Pile@1.0 ', [pile, other])).toBe(pile);
    expect(namedBy('dataset:the-pile@1.0', [pile, other])).toBe(pile);
  });

  it('names none by a part of its name, by a name that two have, or by nothing', () => {
    expect(namedBy('the-pile', [pile])).toBeNull();
    expect(namedBy('the-pile@1.0', [pile, { ...other, label: pile.label }])).toBeNull();
    expect(namedBy('', [pile])).toBeNull();
    expect(namedBy(' ', [])).toBeNull();
  });
});
