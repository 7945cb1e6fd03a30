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

  it('keeps versions at or above the floors that known vulnerabilities set', () => {
    const lock = JSON.parse(readFileSync(`${root}package-lock.json`, 'utf8')) as {
      packages: Record<string, { version?: string }>;
    };
    const floors = { next: '16.3.3', '@apollo/server': '5.5.0', 'next-auth': '4.24.15', prisma: '7.9.0' };
    const number = (version: string) =>
      version.split('.').reduce((sum, part) => sum * 1000 + Number.parseInt(part, 10), 0);
    for (const [name, floor] of Object.entries(floors)) {
      const version =
        lock.packages[`node_modules/${name}`]?.version ?? lock.packages[`web/node_modules/${name}`]?.version;
      expect(number(version ?? '0.0.0'), `${name} ${version}`).toBeGreaterThanOrEqual(number(floor));
    }
  });
});
