import { describe, expect, it } from 'vitest';
import { PAGE_SIZE, pageVariables, readCatalogueState } from './catalogue-state.ts';

describe('the state of a list', () => {
  it('takes the first of several values and nothing from an empty one', () => {
    expect(readCatalogueState({ search: ['pile', 'c4'], after: '' })).toEqual({
      search: 'pile',
      after: null,
      before: null,
    });
  });

  it('asks backwards only where the address goes back', () => {
    expect(pageVariables({ search: null, after: 'x', before: null })).toMatchObject({
      first: PAGE_SIZE,
      after: 'x',
      last: null,
    });
    expect(pageVariables({ search: null, after: 'x', before: 'y' })).toMatchObject({
      last: PAGE_SIZE,
      before: 'y',
      first: null,
      after: null,
    });
  });
});
