import { describe, expect, it } from 'vitest';
import { linkFailureInWords, whyNotFresh } from './link-failures.ts';

describe('what is said of a provider that was not linked', () => {
  it('is a sentence of ours, whatever the address says', () => {
    expect(linkFailureInWords('IdentityTaken')).toMatch(/has this identity already/);
    const unknown = linkFailureInWords('anything <b>else</b>');
    expect(unknown).toMatch(/nothing was linked/);
    expect(unknown).not.toContain('<b>');
    expect(linkFailureInWords('constructor')).toBe(unknown);
  });

  it('asks to sign in again from a quarter of an hour after signing in', () => {
    const opened = '2026-01-01T10:00:00Z';
    expect(whyNotFresh(opened, Date.parse('2026-01-01T10:14:59Z'))).toBeNull();
    expect(whyNotFresh(opened, Date.parse('2026-01-01T10:15:00Z'))).toMatch(/more than 15 minutes ago/);
    expect(whyNotFresh(undefined, 0)).not.toBeNull();
  });
});
