import { describe, expect, it } from 'vitest';
import { readClaimValue } from './claim-value.ts';

describe('the value of a claim as typed', () => {
  it('reads grouped numbers', () => {
    expect(readClaimValue('ROWS', '939,344')?.number).toBe(939344);
    expect(readClaimValue('TOKENS', '299 892 736 000')?.number).toBe(299892736000);
  });

  it('refuses what is no number rather than guessing', () => {
    expect(readClaimValue('ROWS', 'about 9k')).toBeNull();
    expect(readClaimValue('ROWS', '-4')).toBeNull();
    expect(readClaimValue('ROWS', ' ')).toBeNull();
  });

  it('takes a day as its start in UTC', () => {
    expect(readClaimValue('RELEASED_AT', '2020-12-31')?.time).toBe('2020-12-31T00:00:00.000Z');
    expect(readClaimValue('RELEASED_AT', 'soon')).toBeNull();
  });

  it('keeps text as text even where it looks like a number', () => {
    expect(readClaimValue('LICENSE', '4.0')).toEqual({ number: null, text: '4.0', time: null });
  });
});
