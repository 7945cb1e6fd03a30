import { environmentManager, QueryClient, QueryObserver } from '@tanstack/react-query';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { RereadingFragment } from '@/graphql/generated/graphql.ts';
import { mayHaveStopped, rereadingAskedFor, type Watched, watchRereading } from './watch-rereading.ts';

const at = (read: number, error: string | null = null) =>
  ({ runs: 100, read, made: 0, error, since: 'then', by: { name: 'Ada' } }) as RereadingFragment;

describe('a rereading that is watched', () => {
  let client: QueryClient;
  let now: RereadingFragment | null;
  let looked: number;
  let leave: () => void;
  beforeEach(() => {
    vi.useFakeTimers();
    // As in a browser: a server looks for nothing twice.
    environmentManager.setIsServer(() => false);
    client = new QueryClient({ defaultOptions: { queries: { staleTime: 30_000 } } });
    looked = 0;
  });
  afterEach(() => {
    leave();
    client.clear();
    environmentManager.setIsServer(() => true);
    vi.useRealTimers();
  });

  const find = async () => {
    looked += 1;
    return now;
  };
  function watch(initial: RereadingFragment) {
    now = initial;
    const observer = new QueryObserver(client, watchRereading('id', initial, find));
    leave = observer.subscribe(() => {});
    return () => observer.getCurrentResult().data as Watched;
  }
  const after = (seconds: number) => vi.advanceTimersByTimeAsync(seconds * 1_000);

  it('is looked for each second while it goes on, and no more once it is at its end', async () => {
    const seen = watch(at(0));
    for (let read = 1; read <= 60; read += 1) {
      now = at(read);
      await after(1);
    }
    expect(looked).toBe(60);
    expect(seen()).toEqual({ rereading: at(60), unmoved: 0 });
    now = null;
    await after(120);
    expect(looked).toBe(61);
    expect(seen().rereading).toBeNull();
  });

  it('is looked for again once it is asked for after it was broken off', async () => {
    const seen = watch(at(50, 'A name is taken.'));
    await after(120);
    expect(looked).toBe(0);
    now = at(0);
    await rereadingAskedFor(client, 'id');
    expect(seen().rereading).toEqual(at(0));
    now = at(50);
    await after(1);
    expect(seen().rereading).toEqual(at(50));
    now = null;
    await after(1);
    expect(seen().rereading).toBeNull();
  });

  it('is looked for seldom where it moves no more, and is said to have been stopped perhaps', async () => {
    const seen = watch(at(50));
    await after(29);
    expect(mayHaveStopped(seen())).toBe(false);
    await after(1);
    expect(mayHaveStopped(seen())).toBe(true);
    expect(looked).toBe(30);
    await after(60);
    expect(looked).toBe(34);
    // Asked for again, it is a while before the same is said.
    await rereadingAskedFor(client, 'id');
    expect(mayHaveStopped(seen())).toBe(false);
    await after(3);
    expect(looked).toBe(38);
  });

  it('is looked for each second again where it goes on after all', async () => {
    const seen = watch(at(50));
    await after(30);
    now = at(60);
    await after(15);
    expect(mayHaveStopped(seen())).toBe(false);
    await after(5);
    expect(looked).toBe(30 + 1 + 5);
  });
});
