import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { createApiToken } from '../../../api/src/access/api-tokens.ts';
import { importFiles } from '../../../api/src/cli/import-files.ts';
import { lockDataFolder } from '../../../api/src/platform/data-folder.ts';
import { type RunningApi, startApi } from '../../../api/src/server.ts';
import { asJson, asZip, type ImportWorld, importWorld, logOf } from './inspect-fixture.ts';

describe('headwater import', () => {
  let world: ImportWorld;
  let api: RunningApi;
  beforeAll(async () => {
    world = await importWorld();
    api = await startApi({ services: world.services, host: '127.0.0.1', port: 0 });
    const by = await world.person('REPORTER');
    const { token } = await world.services.db.$transaction((tx) =>
      createApiToken(
        { tx, by, teamId: by.teamIds[0]!, context: world.services },
        { name: 'tool', scopes: ['read', 'write:evals', 'write:lineage'] },
      ),
    );
    vi.stubEnv('HEADWATER_API_URL', api.url);
    vi.stubEnv('HEADWATER_TOKEN', token);
  });
  afterEach(() => vi.restoreAllMocks());
  afterAll(async () => {
    vi.unstubAllEnvs();
    await api.close();
    await world.close();
  });

  it('sends each file to the running API, says what became of it, and fails where one was refused', async () => {
    const folder = world.services.dataFolder;
    const [first, second, third] = ['first.json', 'second.eval', 'third.json'].map((name) =>
      join(folder, name),
    );
    await writeFile(first!, asJson(logOf()));
    await writeFile(second!, asZip(logOf({ evalId: 'secondrun0' })));
    await writeFile(third!, 'no log');
    let said = '';
    vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
      said += String(text);
      return true;
    });
    expect(await importFiles([first!, second!])).toBe(0);
    expect(said).toContain('imported as eval-run:inspect_evals/agentic_misalignment/evaluati (inspect-json)');
    expect(said).toContain('imported as eval-run:inspect_evals/agentic_misalignment/secondru (inspect-eval)');
    expect(said).toContain('eval.model: model under test');
    expect(said).toContain('samples[].input: a digest of the text');
    said = '';
    expect(await importFiles([first!, third!])).toBe(1);
    expect(said).toContain('was imported before as eval-run:inspect_evals/agentic_misalignment/evaluati');
    expect(said).toContain('not imported: The file is neither JSON nor a zip');
  });

  it('makes a token of its own where it is given none, which ends with it', async () => {
    const { dataFolder } = world.services;
    await world.person('ADMINISTRATOR');
    const lock = lockDataFolder(dataFolder);
    lock.announce({ databaseUrl: world.appUrl, apiUrl: api.url });
    const given = process.env.HEADWATER_TOKEN;
    for (const name of ['HEADWATER_API_URL', 'HEADWATER_TOKEN', 'DATABASE_URL']) vi.stubEnv(name, '');
    vi.stubEnv('HEADWATER_DATA', dataFolder);
    vi.spyOn(process.stdout, 'write').mockReturnValue(true);
    const log = join(dataFolder, 'own-token.json');
    await writeFile(log, asJson(logOf({ evalId: 'owntoken00' })));
    const tokens = () =>
      world.records.$queryRaw<{ used: boolean; revoked: boolean }[]>`
        select last_used_at is not null as used, revoked_at is not null as revoked
        from api_token where name = 'headwater import'`;
    try {
      expect(await importFiles([log])).toBe(0);
      expect(await tokens()).toEqual([{ used: true, revoked: true }]);
    } finally {
      lock.release();
      vi.stubEnv('HEADWATER_API_URL', api.url);
      vi.stubEnv('HEADWATER_TOKEN', given);
    }
  });

  it('waits for a file of many lines to be taken in, and fails where a line was refused', async () => {
    const folder = world.services.dataFolder;
    const [good, bad] = ['good.jsonl', 'bad.jsonl'].map((name) => join(folder, name));
    const node = { node: 'source:by-command' };
    const edge = { kind: 'DERIVED_FROM', downstream: 'dataset:by-command@1', upstream: 'source:by-command' };
    const written = (lines: object[]) => lines.map((line) => `${JSON.stringify(line)}\n`).join('');
    await writeFile(good!, written([node, { node: 'dataset:by-command@1' }, edge]));
    await writeFile(bad!, written([edge, { ...edge, upstream: 'source:nothing' }]));
    let said = '';
    vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
      said += String(text);
      return true;
    });
    expect(await importFiles([good!])).toBe(0);
    expect(said).toContain('imported (lineage-jsonl): 3 lines, 3 new, 0 recorded before, 0 refused');
    said = '';
    expect(await importFiles([good!, bad!])).toBe(1);
    expect(said).toContain('was imported before (lineage-jsonl)');
    expect(said).toContain('imported (lineage-jsonl): 2 lines, 0 new, 1 recorded before, 1 refused');
    expect(said).toContain('line 2: There is no "source:nothing".');
  });
});
