import { describe, expect, it } from 'vitest';
import { type Draft, keyOf, mixed, nextOpen, readDraft, storedAs, toSend } from './judgement-draft.ts';

const sample = (sampleId: string, epoch = 1) => ({ id: `id-${sampleId}-${epoch}`, sampleId, epoch });
const said = (outcome: 'EXHIBITED' | 'UNSCORED', explanation = '') => ({ outcome, explanation });

describe('what was said of samples so far', () => {
  it('is read as it was written, and what is none of ours is left out', () => {
    const draft: Draft = { [keyOf(sample('a', 2))]: said('EXHIBITED', 'because') };
    expect(readDraft(JSON.stringify(draft))).toEqual(draft);
    expect(readDraft(JSON.stringify({ x: { outcome: 'GUILTY' }, y: null, z: said('UNSCORED') }))).toEqual({
      z: said('UNSCORED'),
    });
    for (const text of [null, '', 'x', '[]', '3', 'null']) expect(readDraft(text), String(text)).toEqual({});
  });

  it('has a place of its own for each run, behaviour, person and condition', () => {
    const of = { run: 'r', behavior: 'b', grader: 'g@1', condition: null };
    const places = [
      of,
      { ...of, run: 's' },
      { ...of, behavior: 'c' },
      { ...of, grader: 'g@2' },
      { ...of, condition: 'x' },
    ];
    expect(new Set(places.map(storedAs)).size).toBe(5);
  });

  it('is sent for the samples that the run has, empty reasons left out', () => {
    const draft = {
      [keyOf(sample('a'))]: said('EXHIBITED', '  '),
      [keyOf(sample('gone'))]: said('EXHIBITED'),
    };
    expect(toSend(draft, [sample('b'), sample('a')])).toEqual([
      { sampleId: 'a', epoch: 1, outcome: 'EXHIBITED', explanation: null },
    ]);
  });
});

describe('the next sample', () => {
  const samples = ['a', 'b', 'c'].map((name) => sample(name));
  it('is the next that nobody judged, round the end, and none where all are', () => {
    const draft: Draft = { [keyOf(sample('b'))]: said('UNSCORED') };
    expect(nextOpen(draft, samples, 0)).toBe(2);
    expect(nextOpen(draft, samples, 2)).toBe(0);
    const all = Object.fromEntries(samples.map((one) => [keyOf(one), said('EXHIBITED')]));
    expect(nextOpen(all, samples, 1)).toBeNull();
    expect(nextOpen({}, [], 0)).toBeNull();
  });
});

describe('the order of samples', () => {
  const many = Array.from({ length: 200 }, (_, i) => sample(`s${i}`));
  it('is the same whenever they are asked for, however they came, and loses none', () => {
    const order = mixed(many).map(({ id }) => id);
    expect(mixed([...many].reverse()).map(({ id }) => id)).toEqual(order);
    expect([...order].sort()).toEqual(many.map(({ id }) => id).sort());
  });

  it('does not follow that of the log: its first half holds about half of each half', () => {
    const first = new Set(many.slice(0, 100).map(({ id }) => id));
    const kept = mixed(many)
      .slice(0, 100)
      .filter(({ id }) => first.has(id)).length;
    expect(kept).toBeGreaterThan(35);
    expect(kept).toBeLessThan(65);
  });
});
