import { afterEach, describe, expect, it, vi } from 'vitest';
import { NAMES_SOMEBODY } from '../auth/session-headers.ts';
import { ask, describeProblem, namesSomebody } from './browser.ts';
import { PasswordResetOfferDocument, ShellViewerDocument } from './generated/graphql.ts';

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

describe('a request of a page that names somebody', () => {
  const answers = (body: object) => {
    const sent: Headers[] = [];
    vi.stubGlobal('fetch', async (_address: string, init: RequestInit) => {
      sent.push(new Headers(init.headers));
      return Response.json(body);
    });
    return sent;
  };
  const refused = { errors: [{ message: 'No.', extensions: { code: 'UNAUTHENTICATED' } }] };
  afterEach(() => {
    namesSomebody(null);
    vi.unstubAllGlobals();
  });

  it('says so, that it is not answered as anybody’s, and hears of the end of their session', async () => {
    const ended = vi.fn();
    namesSomebody(ended);
    const before = answers({ data: { viewer: null } });
    await ask(ShellViewerDocument, {});
    expect(ended).not.toHaveBeenCalled();
    answers(refused);
    await ask(ShellViewerDocument, {});
    expect(ended).toHaveBeenCalledOnce();
    namesSomebody(null);
    const after = answers(refused);
    await ask(ShellViewerDocument, {});
    expect(ended).toHaveBeenCalledOnce();
    expect([...before, ...after].map((headers) => headers.has(NAMES_SOMEBODY))).toEqual([true, false]);
  });

  it('says nothing of it where it is made without the session', async () => {
    const ended = vi.fn();
    namesSomebody(ended);
    const sent = answers(refused);
    await ask(PasswordResetOfferDocument, { token: 'hr_x' }, undefined, { anonymous: true });
    expect(sent.map((headers) => headers.has(NAMES_SOMEBODY))).toEqual([false]);
    expect(ended).not.toHaveBeenCalled();
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
