import { describe, expect, it } from 'vitest';
import { facetsOf } from './facets.ts';
import { byGraderThenRate, linesOf, neighbourPairs, type Verdicts } from './neighbours.ts';
import { point } from './rate-point.example.ts';
import type { RatePoint } from './rate-point.ts';

const may = { comparable: true, differences: [] };
const mayNot = { comparable: false, differences: ['grader version: one against two'] };
const dated = (id: string, month: number, more: Parameters<typeof point>[1] = {}) =>
  point(id, { releasedAt: `2025-0${month}-01T00:00:00.000Z`, ...more });
const only =
  (...pairs: string[]): Verdicts =>
  (from, to) =>
    pairs.includes(`${from}${to}`) ? may : mayNot;
const text = (pairs: readonly { from: string; to: string }[]) => pairs.map(({ from, to }) => `${from}${to}`);

describe('facets', () => {
  it('hold one behaviour, one evaluation version and one condition, an unstated condition by itself', () => {
    const points = [
      point('a'),
      point('b', { version: 'trial 2' }),
      point('c', { condition: null }),
      point('d', { behavior: { name: 'lying', title: 'Lying' } }),
      point('e'),
    ];
    expect(facetsOf(points).map((facet) => facet.points.map(({ id }) => id))).toEqual([
      ['a', 'e'],
      ['b'],
      ['c'],
      ['d'],
    ]);
  });
});

describe('the lines of a facet', () => {
  it('join neighbours in time that the API finds comparable, whatever order they come in', () => {
    const points = [dated('c', 3), dated('a', 1), dated('b', 2)];
    expect(text(neighbourPairs({ points }))).toEqual(['ab', 'bc']);
    const { joins, breaks } = linesOf({ points }, () => may);
    expect([text(joins), breaks]).toEqual([['ab', 'bc'], []]);
  });

  it('break, with what differs, where the API says that two are not comparable', () => {
    const { joins, breaks } = linesOf({ points: [dated('a', 1), dated('b', 2), dated('c', 3)] }, only('ab'));
    expect(text(joins)).toEqual(['ab']);
    expect(breaks).toEqual([{ from: 'b', to: 'c', differences: mayNot.differences }]);
  });

  it('break where nobody answered: silence joins nothing', () => {
    const { joins, breaks } = linesOf({ points: [dated('a', 1), dated('b', 2)] }, () => null);
    expect(joins).toEqual([]);
    expect(breaks.map(({ differences }) => differences.join())).toEqual([
      'whether they are comparable was not answered',
    ]);
  });

  it('join releases of one day with those before and after, never with each other', () => {
    const points = [dated('a', 1), dated('b', 2), dated('c', 2), dated('d', 3)];
    expect(text(linesOf({ points }, () => may).joins)).toEqual(['ab', 'ac', 'bd', 'cd']);
  });

  it('go on for each grader where a version was judged by two', () => {
    const points = [dated('a', 1), dated('x', 1), dated('b', 2), dated('y', 2)];
    const { joins, breaks } = linesOf({ points }, only('ab', 'xy'));
    expect([text(joins), breaks]).toEqual([['ab', 'xy'], []]);
  });

  it('follow one developer’s versions, and leave out what has no release or no rate', () => {
    const points: RatePoint[] = [
      dated('a', 1),
      dated('r', 2, { developer: 'Rival' }),
      point('u'),
      dated('n', 3, { rate: null }),
      dated('b', 4),
    ];
    expect(text(neighbourPairs({ points }))).toEqual(['ab']);
  });
});

describe('points of a facet', () => {
  it('stand by grader first, so that those judged alike are neighbours', () => {
    const other = { id: 'g2', name: 'people', version: '1' };
    const points = [
      point('a', { rate: 0.1 }),
      point('b', { grader: other, rate: 0.9 }),
      point('c', { rate: 0.8 }),
    ];
    expect(byGraderThenRate(points).map(({ id }) => id)).toEqual(['c', 'a', 'b']);
  });
});
