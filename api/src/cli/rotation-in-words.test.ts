import { describe, expect, it } from 'vitest';
import { rotationInWords } from './rotation-in-words.ts';

const said = (made: Parameters<typeof rotationInWords>[0], inEnvironment = false) => {
  const { lines, done } = rotationInWords(made, { inEnvironment });
  return { text: lines.join('\n'), done };
};

describe('what is said once keys are wrapped anew', () => {
  it('calls the older keys removable where no object names one', () => {
    const { text, done } = said({ rewrapped: 1, unopened: 0, older: 0, complete: true });
    expect(text).toContain('Wrapped the keys of 1 sealed object under');
    expect(text).toContain('the older keys may be removed.');
    expect(done).toBe(true);
  });

  it('does not where an object names one, or might', () => {
    for (const made of [
      { rewrapped: 2, unopened: 0, older: 3, complete: true },
      { rewrapped: 2, unopened: 0, older: 0, complete: false },
    ]) {
      const { text, done } = said(made);
      expect(text).toContain('keep the older keys');
      expect(text).not.toContain('may be removed');
      expect(done).toBe(false);
    }
    expect(said({ rewrapped: 2, unopened: 0, older: 3, complete: true }).text).toContain(
      '3 sealed objects still name',
    );
  });

  it('tells of what was passed over because it does not open', () => {
    const { text, done } = said({ rewrapped: 2, unopened: 1, older: 1, complete: true });
    expect(text).toContain('1 sealed object could not be opened, and was passed over');
    expect(text).toContain('1 sealed object still names another: keep the older keys.');
    expect(done).toBe(false);
  });

  it('asks for servers that have the keys in their environment to be restarted first', () => {
    expect(said({ rewrapped: 0, unopened: 0, older: 0, complete: true }, true).text).toMatch(
      /removed if every server was restarted/,
    );
    expect(said({ rewrapped: 0, unopened: 0, older: 0, complete: true }).text).not.toContain('restarted');
  });
});
