import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { createApiToken } from '../../../api/src/access/api-tokens.ts';
import { importFiles } from '../../../api/src/cli/import-files.ts';
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
        { name: 'tool', scopes: ['read', 'write:evals'] },
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
    expect(said).toContain('samples[].input (4): transcripts stay in the log file');
    said = '';
    expect(await importFiles([first!, third!])).toBe(1);
    expect(said).toContain('was imported before as eval-run:inspect_evals/agentic_misalignment/evaluati');
    expect(said).toContain('not imported: The file is neither JSON nor a zip');
  });
});
