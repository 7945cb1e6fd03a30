import { describe, expect, it } from 'vitest';
import { changed, isFiltered, listVariables, readListState } from './list-state.ts';

describe('the incident list’s address', () => {
  it('drops values that the schema does not know, so that a mistyped address still answers', () => {
    const state = readListState({
      status: ['TRIAGED', 'NONSENSE'],
      severity: 'HIGH',
      sort: 'constructor',
      dir: 'asc',
    });
    expect(state.status).toEqual(['TRIAGED']);
    expect(state.severity).toEqual(['HIGH']);
    expect(state.sort).toBeNull();
  });

  it('goes back to the first page when a filter changes, and stays on it when a row is peeked at', () => {
    const state = readListState({ after: 'c1', search: 'blackmail' });
    expect(changed(state, { severity: ['HIGH'] })).toBe('/incidents?search=blackmail&severity=HIGH');
    expect(changed(state, { peek: 'MBI-2025-0001' })).toBe(
      '/incidents?search=blackmail&after=c1&peek=MBI-2025-0001',
    );
  });

  it('asks for the page before by last and before, never by first', () => {
    const variables = listVariables(readListState({ before: 'c9' }));
    expect([variables.first, variables.last, variables.before]).toEqual([null, 50, 'c9']);
  });

  it('does not count sorting as a filter', () => {
    expect(isFiltered(readListState({ sort: 'title' }))).toBe(false);
    expect(isFiltered(readListState({ mine: '1' }))).toBe(true);
  });
});
