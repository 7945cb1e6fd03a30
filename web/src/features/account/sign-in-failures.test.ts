import { describe, expect, it } from 'vitest';
import { paths } from '@/navigation/paths.ts';
import { doneInWords, signInFailureInWords } from './sign-in-failures.ts';

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

  it('leaves no doubt that what came before it was done', () => {
    const address = new URL(paths.signInFailed('TooManyAttempts', 'password'), 'http://here.example');
    expect(signInFailureInWords(address.searchParams.get('error') ?? '')).toMatch(/Too many attempts/);
    expect(doneInWords(address.searchParams.get('done'))).toBe('Your new password is set.');
    expect(doneInWords('joined')).toMatch(/You have joined/);
    for (const other of [null, '', '__proto__', '<b>done</b>']) expect(doneInWords(other)).toBeNull();
  });
});
