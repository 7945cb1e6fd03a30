import { describe, expect, it } from 'vitest';
import { reportsOf } from './reports-of.ts';

describe('the report that a form names', () => {
  it('is called by its address where it has no title, and leaves out nothing that was typed', () => {
    const url = 'https://example.org/a';
    expect(reportsOf(null, url)).toEqual([{ title: url, url }]);
    expect(reportsOf(' ', ` ${url} `)).toEqual([{ title: url, url }]);
    expect(reportsOf('A report', null)).toEqual([{ title: 'A report', url: null }]);
    expect(reportsOf('A report', url)).toEqual([{ title: 'A report', url }]);
    expect(reportsOf('', '')).toEqual([]);
  });
});
