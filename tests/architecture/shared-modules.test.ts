import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

const ROOT = new URL('../../', import.meta.url);
const FOLDERS = ['api/src', 'tests/api', 'tests/corpus', 'tests/database', 'tests/start'];

/** The tests of the projects `unit` and `api`, and what stands beside them. */
const tests = FOLDERS.flatMap((folder) =>
  readdirSync(new URL(folder, ROOT), { recursive: true, encoding: 'utf8' })
    .filter((path) => (folder === 'api/src' ? path.endsWith('.test.ts') : path.endsWith('.ts')))
    .map((path) => ({ path, text: readFileSync(new URL(`${folder}/${path}`, ROOT), 'utf8') })),
);
const pathsOf = (uses: RegExp, without?: RegExp) =>
  tests.filter(({ text }) => uses.test(text) && !without?.test(text)).map(({ path }) => path);

describe('tests whose files share what they import', () => {
  it('replace no module: it would be replaced for whatever file comes after', () => {
    expect(tests.length).toBeGreaterThan(200);
    expect(pathsOf(/\bvi\s*\.\s*(?:mock|doMock|hoisted|resetModules)\b/)).toEqual([]);
  });

  it('give back the variables, the clock and the functions that they put something in place of', () => {
    expect(pathsOf(/\bvi\.stubEnv\b/, /\bvi\.unstubAllEnvs\b/)).toEqual([]);
    expect(pathsOf(/\bvi\.stubGlobal\b/, /\bvi\.unstubAllGlobals\b/)).toEqual([]);
    expect(pathsOf(/\bvi\.useFakeTimers\b/, /\bvi\.useRealTimers\b/)).toEqual([]);
    expect(pathsOf(/\bvi\.spyOn\b/, /\bmockRestore\b|\brestoreAllMocks\b|Once\(/)).toEqual([]);
  });
});
