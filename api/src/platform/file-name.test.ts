import { describe, expect, it } from 'vitest';
import { shownFileName } from './file-name.ts';

describe('the name of a file from outside', () => {
  it('is its last part alone, whichever way its path is written', () => {
    expect(shownFileName('../../etc/passwd')).toBe('passwd');
    expect(shownFileName('C:\\logs\\run.eval')).toBe('run.eval');
    expect(shownFileName('/srv/logs/')).toBe('unnamed');
    expect(shownFileName('..')).toBe('unnamed');
    expect(shownFileName(undefined)).toBe('unnamed');
  });

  it('loses what cannot be seen or turns text around', () => {
    expect(shownFileName('a\u0000b\u202egnp.exe')).toBe('abgnp.exe');
    expect(shownFileName('two\nlines.json')).toBe('two lines.json');
  });

  it('keeps its end where it is too long, and no half of a character', () => {
    const name = shownFileName(`${'𝒳'.repeat(300)}.json`);
    expect([...name]).toHaveLength(200);
    expect(name.endsWith('.json')).toBe(true);
    expect(Buffer.from(name).toString()).toBe(name);
  });
});
