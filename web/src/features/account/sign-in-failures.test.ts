import { describe, expect, it } from 'vitest';
import { signInFailureInWords } from './sign-in-failures.ts';

describe('what is said where nobody was signed in', () => {
  it('is a sentence of ours, whatever the address says', () => {
    expect(signInFailureInWords('NoAccount')).toMatch(/Nobody here has this identity/);
    expect(signInFailureInWords('OAuthCallback')).toMatch(/did not sign you in/);
    const unknown = signInFailureInWords('anything <b>else</b>');
    expect(unknown).toMatch(/a reason that is not yours/);
    expect(unknown).not.toContain('<b>');
    for (const inherited of ['__proto__', 'constructor', 'toString', ''])
      expect(signInFailureInWords(inherited)).toBe(unknown);
  });
});
