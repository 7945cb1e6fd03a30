import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

const API = new URL('../../api/src/', import.meta.url);
const sources = readdirSync(API, { recursive: true, encoding: 'utf8' })
  .filter((path) => path.endsWith('.ts') && !path.endsWith('.test.ts') && !path.startsWith('generated/'))
  .map((path) => ({ path, text: readFileSync(new URL(path, API), 'utf8') }));
const pathsOf = (pattern: RegExp) => sources.filter(({ text }) => pattern.test(text)).map(({ path }) => path);

describe('the API', () => {
  // A connection made elsewhere would have no limits, and a database that falls silent would hold it for ever.
  it('opens connections to Postgres in one place, which bounds all that is waited for', () => {
    expect(sources.length).toBeGreaterThan(300);
    expect(pathsOf(/\bnew\s+(?:\w+\.)?(?:Client|Pool|NativeClient)\s*\(/)).toEqual([
      'platform/connection.ts',
    ]);
    // Nor under another name, nor by Prisma's driver on its own: the other two know how a value is read and a statement sent.
    expect(pathsOf(/import\s+(?!type\b)[^;]*\bfrom 'pg(?:-pool|\/[^']*)?'/)).toEqual([
      'platform/connection.ts',
      'platform/rows.ts',
      'platform/statement-for.ts',
    ]);
    expect(pathsOf(/\bnew\s+(?:PrismaPg|PrismaClient)\s*\(/)).toEqual(['platform/database.ts']);
    expect(pathsOf(/_timeout\s*=\s*0\b/)).toEqual([]);
  });
});
