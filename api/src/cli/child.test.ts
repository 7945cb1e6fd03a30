import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, describe, expect, it, vi } from 'vitest';
import { StartRefusal } from '../platform/data-folder-refusal.ts';
import { childEnvironment, runToEnd, secretsOfTheApi } from './child.ts';

describe('a script run to its end', () => {
  const folder = mkdtempSync(join(tmpdir(), 'headwater-child-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  const script = (text: string) => {
    const path = join(folder, `script-${text.length}.mjs`);
    writeFileSync(path, text);
    return [path];
  };
  const failing = script(
    'for (let i = 1; i <= 60; i++) console.log("line " + i + " of it"); process.exitCode = 3;',
  );
  const run = (log?: string, what = failing) =>
    runToEnd('Building the web', what, { cwd: folder, env: process.env, ...(log && { log }) }).then(
      () => null,
      (error: Error) => error,
    );

  it('says in one sentence first that it failed, how, and where all of its output is', async () => {
    const log = join(folder, 'logs', 'web-build.log');
    const refusal = await run(log);
    expect(refusal).toBeInstanceOf(StartRefusal);
    const [sentence, ...rest] = (refusal?.message ?? '').split('\n');
    expect(sentence).toBe(`Building the web failed (exit code 3); all of its output is in ${log}.`);
    expect(rest[0]).toBe('Its last lines:');
    expect(rest.slice(1)).toHaveLength(20);
    expect(rest.at(-1)).toContain('line 60 of it');
    expect(readFileSync(log, 'utf8').split('\n').slice(0, 60)).toEqual(
      Array.from({ length: 60 }, (_, i) => `line ${i + 1} of it`),
    );
  });

  it('still says what failed where the log cannot be written', async () => {
    writeFileSync(join(folder, 'in-the-way'), '');
    const refusal = await run(join(folder, 'in-the-way', 'web-build.log'));
    expect(refusal?.message.split('\n')[0]).toBe('Building the web failed (exit code 3).');
    expect(refusal?.message).toContain('line 60 of it');
  });

  it('leaves no log behind where it succeeds', async () => {
    const log = join(folder, 'none', 'web-build.log');
    expect(await run(log, script('console.log("done");'))).toBeNull();
    expect(() => readFileSync(log)).toThrow(/ENOENT/);
  });
});

describe('what a child is told', () => {
  afterEach(() => vi.unstubAllEnvs());

  it('is no key of the API and nothing of the database, unless it is the API itself', () => {
    const keys = {
      HEADWATER_EVIDENCE_KEY: 'seals',
      HEADWATER_TOKEN_KEY: 'signs',
      AWS_SECRET_ACCESS_KEY: 'stores',
    };
    const others = {
      DATABASE_URL: 'opens',
      HEADWATER_ADMIN_PASSWORD: 'signs in',
      HEADWATER_TOKEN: 'imports',
    };
    for (const [name, value] of Object.entries({ ...keys, ...others, PATH: '/bin' })) vi.stubEnv(name, value);
    const web = childEnvironment({ PORT: '3000' });
    expect(web).toMatchObject({ PATH: '/bin', PORT: '3000' });
    for (const name of Object.keys({ ...keys, ...others })) expect(web).not.toHaveProperty(name);
    expect(childEnvironment(secretsOfTheApi())).toMatchObject(keys);
  });
});
