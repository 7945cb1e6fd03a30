import { execFileSync } from 'node:child_process';
import { readFileSync, statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('../..', import.meta.url));
const files = execFileSync('git', ['ls-files'], { cwd: root, encoding: 'utf8' })
  .split('\n')
  .filter((file) => file !== '' && statSync(`${root}${file}`, { throwIfNoEntry: false })?.isFile());

describe('the repository', () => {
  it('names no registry host in the lock file, so that any registry serves it', () => {
    const lock = readFileSync(`${root}package-lock.json`, 'utf8');
    expect([...lock.matchAll(/"resolved": "https?:[^"]*"/g)].map((match) => match[0])).toEqual([]);
  });

  it('names no file by what it is not: no utils, helpers, common, misc or manager', () => {
    expect(files.filter((file) => /(^|\/)(utils?|helpers?|common|misc|manager)(\.|\/)/i.test(file))).toEqual(
      [],
    );
  });
});
