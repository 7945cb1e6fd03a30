import { afterEach, describe, expect, it, vi } from 'vitest';
import { ask, describeProblem } from './browser.ts';
import { PasswordResetOfferDocument } from './generated/graphql.ts';

describe('a request of a page', () => {
  afterEach(() => vi.unstubAllGlobals());

  it('takes the session along, and leaves it behind where a link’s own secret counts', async () => {
    const sent: unknown[] = [];
    vi.stubGlobal('fetch', async (_address: string, init: RequestInit) => {
      sent.push(init.credentials);
      return Response.json({ data: { passwordResetOffer: null } });
    });
    await ask(PasswordResetOfferDocument, { token: 'hr_x' });
    await ask(PasswordResetOfferDocument, { token: 'hr_x' }, undefined, { anonymous: true });
    expect(sent).toEqual(['same-origin', 'omit']);
  });
});

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
