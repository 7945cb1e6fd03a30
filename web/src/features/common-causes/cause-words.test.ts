import { describe, expect, it } from 'vitest';
import { STATE_WORDS } from './cause-words.ts';

describe('what is said of a common cause', () => {
  it('claims no absence where a difference was not shown', () => {
    expect(STATE_WORDS.NOT_DISTINGUISHED).toBe('not distinguished from chance');
    expect(STATE_WORDS.TOO_FEW_TO_SAY).toBe('too few to say');
  });
});
