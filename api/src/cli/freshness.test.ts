import { mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { digestOf, isFresh, markFresh } from './freshness.ts';

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'headwater-fresh-'));
  mkdirSync(join(root, 'web/src'), { recursive: true });
  writeFileSync(join(root, 'web/src/page.tsx'), 'one');
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

describe('what a build was made from', () => {
  it('changes with the text, the name and the number of the sources', () => {
    const seen = new Set([digestOf(['web'], root)]);
    writeFileSync(join(root, 'web/src/page.tsx'), 'two');
    seen.add(digestOf(['web'], root));
    renameSync(join(root, 'web/src/page.tsx'), join(root, 'web/src/other.tsx'));
    seen.add(digestOf(['web'], root));
    writeFileSync(join(root, 'web/src/more.tsx'), '');
    seen.add(digestOf(['web'], root));
    expect(seen.size).toBe(4);
  });

  it('does not change with what is made, installed or only tests', () => {
    const before = digestOf(['web'], root);
    for (const made of ['.next', 'node_modules', 'src/graphql/generated']) {
      mkdirSync(join(root, 'web', made), { recursive: true });
      writeFileSync(join(root, 'web', made, 'file.ts'), 'made');
    }
    writeFileSync(join(root, 'web/src/page.test.tsx'), 'test');
    expect(digestOf(['web'], root)).toBe(before);
  });

  it('is remembered beside the build', () => {
    const stamp = join(root, 'made/stamp');
    expect(isFresh(stamp, 'a')).toBe(false);
    markFresh(stamp, 'a');
    expect(isFresh(stamp, 'a')).toBe(true);
    expect(isFresh(stamp, 'b')).toBe(false);
  });
});
