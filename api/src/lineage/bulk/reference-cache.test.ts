import { describe, expect, it } from 'vitest';
import { type KnownNode, ReferenceCache } from './reference-cache.ts';

const node = (id: bigint): KnownNode => ({
  id,
  kind: 'SOURCE',
  visibility: 'PUBLIC',
  digest: null,
  teamId: 1n,
});

describe('the cache of references', () => {
  it('lets go of what was used longest ago, and keeps what a batch touched', () => {
    const cache = new ReferenceCache(2);
    for (const [ref, id] of [
      ['a', 1n],
      ['b', 2n],
      ['c', 3n],
    ] as const)
      cache.set(ref, node(id));
    cache.touch(['a']);
    cache.trim();
    expect(['a', 'b', 'c'].map((ref) => cache.get(ref)?.id)).toEqual([1n, undefined, 3n]);
    expect(cache.size).toBe(2);
  });

  it('forgets every reference that leads to a node, and a reference that came to mean another', () => {
    const cache = new ReferenceCache();
    cache.set('a', node(1n));
    cache.set('also a', node(1n));
    cache.set('b', node(2n));
    cache.set('b', node(3n));
    cache.forget([1n, 2n]);
    expect(['a', 'also a', 'b'].map((ref) => cache.get(ref)?.id)).toEqual([undefined, undefined, 3n]);
    cache.forget([3n]);
    expect(cache.size).toBe(0);
  });
});
