import { describe, expect, it } from 'vitest';
import { emptyWords } from './empty-words.ts';

describe('an empty lineage', () => {
  it('says that nothing is recorded only of the way that was followed', () => {
    expect(emptyWords(false, false, 'UPSTREAM').title).toBe('Nothing upstream is recorded');
    expect(emptyWords(false, false, 'DOWNSTREAM').title).toBe('Nothing downstream is recorded');
    expect(emptyWords(false, false, 'BOTH').title).toBe('Nothing is recorded upstream or downstream');
  });

  it('says so never where the search or a filter is why', () => {
    for (const way of ['UPSTREAM', 'DOWNSTREAM', 'BOTH'] as const)
      for (const [hasRows, filtered] of [
        [true, false],
        [true, true],
        [false, true],
      ] as const)
        expect(emptyWords(hasRows, filtered, way)).toMatchObject({
          kind: 'no-match',
          title: expect.not.stringContaining('recorded'),
        });
  });
});
