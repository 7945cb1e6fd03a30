import { describe, expect, it } from 'vitest';
import { mayUnlink } from './ways-to-sign-in.ts';

const [lab, github, gone] = ['https://lab.example', 'https://github.com', 'https://gone.example'];
const providers = [lab, github];

describe('an identity is unlinked', () => {
  it('where a password, or an identity of another provider here, still opens the account', () => {
    expect(mayUnlink({ hasPassword: true, linked: [lab], providers }, lab).allowed).toBe(true);
    expect(mayUnlink({ hasPassword: false, linked: [lab, github], providers }, lab).allowed).toBe(true);
    expect(mayUnlink({ hasPassword: false, linked: [lab, gone], providers }, gone).allowed).toBe(true);
  });

  it('never where it is the last way: another identity of the same provider goes with it, and of one that is gone opens nothing', () => {
    for (const linked of [[lab], [lab, lab], [lab, gone]])
      expect(mayUnlink({ hasPassword: false, linked, providers }, lab)).toMatchObject({
        allowed: false,
        reason: expect.stringContaining('last way'),
      });
  });
});
