import { readFileSync } from 'node:fs';
import { buildSchema, parse, validate } from 'graphql';
import { describe, expect, it } from 'vitest';
import { questionsOf, readAnswer } from './comparability-text.ts';

const schema = buildSchema(readFileSync(new URL('../../../../api/schema.graphql', import.meta.url), 'utf8'));
const chain = (count: number) =>
  Array.from({ length: count }, (_, index) => ({ from: `m${index}`, to: `m${index + 1}` }));

describe('asking which neighbours are comparable', () => {
  it('asks nothing where there is no pair', () => {
    expect(questionsOf([])).toEqual([]);
  });

  it('asks for every pair once, in documents that the schema knows and the API’s limits allow', () => {
    const fan = Array.from({ length: 70 }, (_, index) => ({ from: 'one', to: `other-${index}` }));
    const pairs = [...chain(60), ...fan];
    const questions = questionsOf(pairs);
    expect(questions.flatMap(({ asked }) => asked.map(({ pair }) => pair))).toHaveLength(pairs.length);
    for (const { text, variables } of questions) {
      expect(validate(schema, parse(text))).toEqual([]);
      expect(text.match(/\bm\d+: node/g)?.length ?? 0).toBeLessThanOrEqual(20);
      expect(text.match(/\b[mc]\d+:/g)?.length ?? 0).toBeLessThanOrEqual(60);
      expect(Object.keys(variables).every((name) => text.includes(`$${name}: ID!`))).toBe(true);
    }
  });

  it('reads each answer for its own pair, and leaves out what was not answered', () => {
    const [question] = questionsOf([
      { from: 'a', to: 'b' },
      { from: 'a', to: 'c' },
      { from: 'x', to: 'y' },
    ]);
    const may = { comparable: true, differences: [] };
    const mayNot = { comparable: false, differences: ['condition'] };
    expect(readAnswer(question!, { m0: { c0: may, c1: mayNot }, m1: null })).toEqual([
      { pair: { from: 'a', to: 'b' }, verdict: may },
      { pair: { from: 'a', to: 'c' }, verdict: mayNot },
    ]);
  });
});
