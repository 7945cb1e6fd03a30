import { describe, expect, it } from 'vitest';
import { ANONYMOUS, type Principal, type Viewer } from '../access/viewer.ts';
import type { Db } from '../platform/database.ts';
import { type Place, placeKey } from './ref-places.ts';
import { SharedPlaces } from './shared-places.ts';

const place = (name: string): Place => ({ kind: 'SOURCE', namespace: '', name, version: null });
const member = { kind: 'principal', actorId: 7n, role: 'VIEWER', teamIds: [], scopes: new Set(['read']) };
const MEMBER = member as unknown as Principal as Viewer;

/** A database in which every name that begins with n is a source; each statement waits until it is let go. */
function database() {
  const asked: { names: string[]; answer(): void; fail(error: Error): void }[] = [];
  const db = {
    $queryRaw: (_text: unknown, ...values: unknown[]) =>
      new Promise((resolve, reject) => {
        const names = (values.filter(Array.isArray)[2] ?? []) as string[];
        const rows = names
          .filter((name) => name.startsWith('n'))
          .map((name) => ({ kind: 'SOURCE', foundNamespace: '', foundName: name, foundVersion: null, name }));
        asked.push({ names, answer: () => resolve(rows), fail: reject });
      }),
  } as unknown as Db;
  return { db, asked };
}

const settled = () => new Promise((resolve) => setImmediate(resolve));

describe('names that several requests look up', () => {
  it('share the statement that begins after they came, and never one that was under way', async () => {
    const { db, asked } = database();
    const shared = new SharedPlaces();
    const first = shared.find(db, ANONYMOUS, [place('n1')]);
    const second = shared.find(db, ANONYMOUS, [place('n2'), place('other')]);
    const third = shared.find(db, ANONYMOUS, [place('n2')]);
    expect(asked.map(({ names }) => names)).toEqual([['n1']]);
    asked[0]!.answer();
    expect([...(await first).keys()]).toEqual([placeKey(place('n1'))]);
    await settled();
    expect(asked.map(({ names }) => names)).toEqual([['n1'], ['n2', 'other']]);
    asked[1]!.answer();
    expect((await second).has(placeKey(place('other')))).toBe(false);
    expect((await third).get(placeKey(place('n2')))).toMatchObject({ name: 'n2' });
  });

  it('are shared with nobody who reads with other rights', async () => {
    const { db, asked } = database();
    const shared = new SharedPlaces();
    void shared.find(db, ANONYMOUS, [place('n1')]);
    void shared.find(db, MEMBER, [place('n1')]);
    expect(asked.length).toBe(2);
  });

  it('fail for those alone who shared the statement', async () => {
    const { db, asked } = database();
    const shared = new SharedPlaces();
    const first = shared.find(db, ANONYMOUS, [place('n1')]);
    const second = shared.find(db, ANONYMOUS, [place('n2')]);
    asked[0]!.fail(new Error('The connection was lost.'));
    await expect(first).rejects.toThrow('The connection was lost.');
    await settled();
    asked[1]!.answer();
    expect((await second).size).toBe(1);
  });
});
