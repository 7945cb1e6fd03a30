import { describe, expect, it } from 'vitest';
import { formatName } from './format-name.ts';

describe('the name of a format', () => {
  it('is what people call it, and the server’s word where there is none', () => {
    expect(formatName('lm-eval-results')).toBe('lm-evaluation-harness results');
    expect(formatName('a-new-one')).toBe('a-new-one');
  });
});
