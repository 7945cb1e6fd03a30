import { describe, expect, it } from 'vitest';
import type { ViewerState } from './viewer.ts';
import { viewerNow } from './viewer-now.ts';

const ada: ViewerState = {
  signedIn: true,
  id: 'ada',
  name: 'Ada',
  role: 'AUDITOR',
  ended: false,
  reachable: true,
  refusal: null,
  unread: 2,
};
const nobody: ViewerState = { ...ada, signedIn: false, id: null, name: null, role: null, unread: 0 };

describe('the viewer, as a page goes on', () => {
  it('is as they were read while nothing else was learnt', () => {
    expect(viewerNow(ada, { named: true, lost: null })).toBe(ada);
    expect(viewerNow(nobody, { named: false, lost: null })).toBe(nobody);
  });

  it('is told that their session has ended once a request was refused, and keeps what they type in', () => {
    expect(viewerNow(ada, { named: true, lost: ada })).toEqual({ ...ada, ended: true });
  });

  it('is signed in again where the frame was read again since', () => {
    const again = { ...ada };
    expect(viewerNow(again, { named: true, lost: ada })).toBe(again);
  });

  it('is told so where the frame was read again as by nobody, and not where the API only failed to answer', () => {
    expect(viewerNow(nobody, { named: true, lost: null })).toMatchObject({ ended: true });
    const unknown = { ...nobody, reachable: false };
    expect(viewerNow(unknown, { named: true, lost: null })).toBe(unknown);
  });
});
