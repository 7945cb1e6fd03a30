import { describe, expect, it } from 'vitest';
import { CertainMoments } from './certain-moment.ts';

/** A database whose certain moment is what `now` says when a look ends; it counts the looks. */
function clock(now: () => number) {
  const looks = { count: 0, running: 0, most: 0 };
  const $queryRaw = async () => {
    looks.count += 1;
    looks.running += 1;
    looks.most = Math.max(looks.most, looks.running);
    await new Promise((resolve) => setTimeout(resolve, 1));
    looks.running -= 1;
    return [{ moment: new Date(now()) }];
  };
  return { looks, db: { $queryRaw } as never };
}

describe('waiting until a moment is certain', () => {
  it('looks once at a time, however many wait, and lets each go when its own moment has come', async () => {
    let certain = 0;
    const { looks, db } = clock(() => {
      certain += 1;
      return certain;
    });
    const moments = new CertainMoments(db);
    const ended: number[] = [];
    const wait = (at: number) => moments.reached(new Date(at), 60_000).then(() => ended.push(at));
    await Promise.all([5, 3, 1, 4, 2].map(wait));
    expect(ended).toEqual([1, 2, 3, 4, 5]);
    expect(looks.most).toBe(1);
    expect(looks.count).toBe(5);
    await wait(6);
    expect(looks.count).toBe(6);
  });

  it('lets go of whom it kept waiting for too long', async () => {
    const { db } = clock(() => 0);
    const begun = Date.now();
    await new CertainMoments(db).reached(new Date(1), 30);
    expect(Date.now() - begun).toBeGreaterThanOrEqual(29);
  });

  it('tells all that wait that looking failed, and looks again for who comes later', async () => {
    let broken = true;
    const db = {
      $queryRaw: async () => {
        if (broken) throw new Error('gone');
        return [{ moment: new Date(9) }];
      },
    } as never;
    const moments = new CertainMoments(db);
    const waits = [moments.reached(new Date(1), 1_000), moments.reached(new Date(2), 1_000)];
    expect((await Promise.allSettled(waits)).map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    broken = false;
    await moments.reached(new Date(3), 1_000);
  });
});
