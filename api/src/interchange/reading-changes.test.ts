import { describe, expect, it } from 'vitest';
import type { Naming, ReadingChange } from './import-reading.store.ts';
import { asIfAll, cutChanges } from './reading-changes.ts';

const naming = (behavior: string): Naming => ({
  behaviors: [behavior],
  graderVersions: [],
  evaluationVersions: [],
});

const changes = (count: number, behavior?: string): ReadingChange[] =>
  Array.from({ length: count }, (_, nth) => ({
    run: null,
    subject: `${behavior ?? 'field'} ${nth}`,
    before: null,
    after: 'kept',
    ...(behavior === undefined ? {} : { names: naming(behavior) }),
  }));

const FURTHER = { run: null, subject: 'further changes', before: null, after: 'not listed' };

/** What whoever sees these behaviours reads of a file with such changes. */
const told = (said: readonly ReadingChange[], ...seen: string[]) =>
  asIfAll(
    cutChanges(said).filter(
      ({ names }) => names === undefined || names.behaviors.every((b) => seen.includes(b)),
    ),
    false,
  );

describe('what is told of a file that says very much otherwise', () => {
  it('is all of it where a list can show it', () => {
    expect(told(changes(1_000))).toEqual(changes(1_000));
    const mixed = [...changes(500, 'seen'), ...changes(500)];
    expect(told(mixed, 'seen')).toEqual(mixed);
  });

  it('is its first, and that there are further ones, of however many', () => {
    for (const count of [1_001, 5_000]) expect(told(changes(count))).toEqual([...changes(999), FURTHER]);
    const mixed = [...changes(600), ...changes(600, 'seen')];
    expect(told(mixed, 'seen')).toEqual([...mixed.slice(0, 999), FURTHER]);
  });

  it('is the same whatever else is said that names something hidden, before it or behind', () => {
    for (const shown of [changes(3), changes(1_000), changes(3_000)])
      for (const hidden of [changes(2_000, 'hidden'), [...changes(600, 'hidden'), ...changes(600, 'too')]]) {
        expect(told([...hidden, ...shown])).toEqual(told(shown));
        expect(told([...shown, ...hidden])).toEqual(told(shown));
      }
    const named = changes(400, 'seen');
    expect(told([...changes(600, 'hidden'), ...named], 'seen')).toEqual(named);
  });

  it('says that there are further changes to whoever sees what these name', () => {
    const many = [...changes(1_000, 'other'), ...changes(1, 'seen')];
    expect(told(many, 'seen')).toEqual([FURTHER]);
    expect(told(many)).toEqual([]);
    // Of very many things it is said together, to whoever sees all of them.
    const names = Array.from({ length: 150 }, (_, nth) => `b${nth}`);
    const each = [...changes(1_000, 'other'), ...names.flatMap((name) => changes(1, name))];
    expect(cutChanges(each)).toHaveLength(1_101);
    expect(told(each, 'b7')).toEqual([FURTHER]);
    expect(told(each, 'b120')).toEqual([]);
    expect(told(each, ...names.slice(100))).toEqual([FURTHER]);
  });

  it('is the same where it was cut run by run, and batch by batch', () => {
    const all = [...changes(700), ...changes(700, 'seen'), ...changes(700), ...changes(700, 'hidden')];
    let cut: ReadingChange[] = [];
    for (let from = 0; from < all.length; from += 150)
      cut = cutChanges([...cut, ...all.slice(from, from + 150)]);
    expect(cut).toEqual(cutChanges(all));
    const runs = [all.slice(0, 2_100), all.slice(2_100)];
    expect(cutChanges(runs.flatMap(cutChanges))).toEqual(cutChanges(all));
  });

  it('is that the settings of a run differ where nothing else of it is told, unless that may be among what is not', () => {
    const as = { run: 'eval-run:a', subject: 'read before as', before: 'eval-run:b', after: 'eval-run:a' };
    const settings = { run: 'eval-run:a', subject: 'settings of the run', before: null, after: 'differ' };
    const own = changes(1, 'seen').map((change) => ({ ...change, run: 'eval-run:a' }));
    expect(told([as, ...own])).toEqual([as, settings]);
    expect(told([as, ...own], 'seen')).toEqual([as, ...own]);
    expect(told([as, ...changes(1_000, 'hidden'), ...own], 'seen')).toEqual([as, FURTHER]);
  });

  it('is nothing of that, where an earlier version counted whatever there was, but to whoever is told all', () => {
    const counted = { run: null, subject: 'further changes, not listed', before: null, after: '4001' };
    expect(asIfAll([...changes(3), counted], false)).toEqual(changes(3));
    expect(asIfAll([...changes(3), counted], true)).toEqual([...changes(3), FURTHER]);
  });
});
