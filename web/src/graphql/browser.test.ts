import { describe, expect, it } from 'vitest';
import { describeProblem } from './browser.ts';

describe('what is said where a request is refused', () => {
  it('sends to another tab to sign in, because a form that is left loses what was typed', () => {
    const said = describeProblem({ code: 'UNAUTHENTICATED', message: 'x', path: [], requestId: null });
    expect(said).toMatch(/in another tab; what you typed is kept/);
  });

  it('gives the request to ask about, where there is one', () => {
    const problem = { code: 'INTERNAL', message: 'It failed.', path: [] };
    expect(describeProblem({ ...problem, requestId: 'r1' })).toBe('It failed. (request r1)');
    expect(describeProblem({ ...problem, requestId: null })).toBe('It failed.');
  });
});
