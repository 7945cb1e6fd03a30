import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { createApiToken } from '../../../api/src/access/api-tokens.ts';
import { importFiles } from '../../../api/src/cli/import-files.ts';
import { type RunningApi, startApi } from '../../../api/src/server.ts';
import { asJson, type ImportWorld, importWorld, logOf } from './inspect-fixture.ts';

const results = (task: string, acc: number) =>
  Buffer.from(
    JSON.stringify({
      results: { [task]: { acc, acc_stderr: 0.1 } },
      versions: { [task]: 1 },
      config: { model: 'hf-causal', model_args: 'pretrained=lab/m,revision=step10', num_fewshot: 0 },
    }),
  );
const response = Buffer.from(
  JSON.stringify({ raw_response: 'x', classification: { harmful_behavior: true, classifier_verdict: true } }),
);

describe('headwater import of a folder', () => {
  let world: ImportWorld;
  let api: RunningApi;
  let folder: string;
  let said = '';
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
    folder = join(world.services.dataFolder, 'to-import');
  });
  afterEach(() => vi.restoreAllMocks());
  afterAll(async () => {
    vi.unstubAllEnvs();
    await api.close();
    await world.close();
  });

  const put = async (name: string, bytes: Buffer) => {
    await mkdir(dirname(join(folder, name)), { recursive: true });
    await writeFile(join(folder, name), bytes);
  };
  const run = async (...paths: string[]) => {
    said = '';
    const write = vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
      said += String(text);
      return true;
    });
    try {
      return await importFiles(paths);
    } finally {
      write.mockRestore();
    }
  };

  it('takes every file, tells of each in a line, goes on after one that is refused, and ends with totals', async () => {
    await put('a/log.json', asJson(logOf()));
    await put('b/results.json', results('sums', 0.5));
    await put('b/table.csv', Buffer.from('a,b\n1,2\n'));
    await put('models/lab-m/murder_none_none/sample_001/response.json', response);
    expect(await run(folder)).toBe(1);
    expect(said).toMatch(/\[1\/4\] .*log\.json\n {2}imported as eval-run:/);
    expect(said).toMatch(
      /\[3\/4\] .*table\.csv\n {2}not imported: The file is neither JSON nor a zip: it looks like a table/,
    );
    expect(said).toMatch(/\[4\/4\] .*response\.json\n {2}imported as eval-run:agentic-misalignment\//);
    expect(said).toMatch(/\n4 files: 3 imported, 0 imported before, 1 refused\n$/);
    const models = await world.records.model.findMany({ where: { name: 'lab-m' } });
    expect(models).toHaveLength(1);
  });

  it('goes on where it broke off: what the server has is passed over, and only the rest is made', async () => {
    await put('c/more.json', results('products', 0.25));
    const before = await world.records.evalRun.count();
    expect(await run(folder)).toBe(1);
    expect(said).toMatch(/\n5 files: 1 imported, 3 imported before, 1 refused\n$/);
    expect(await world.records.evalRun.count()).toBe(before + 1);
  });

  it('ends well where nothing is refused', async () => {
    expect(await run(join(folder, 'b/results.json'), join(folder, 'c'))).toBe(0);
    expect(said).toMatch(/\n2 files: 0 imported, 2 imported before, 0 refused\n$/);
  });

  it('tells how far it came where the server stops answering', async () => {
    vi.stubEnv('HEADWATER_API_URL', 'http://127.0.0.1:9');
    await expect(run(folder)).rejects.toThrow(/does not answer/);
    expect(said).toMatch(/0 of 5 files: 0 imported, 0 imported before, 0 refused\n$/);
    vi.stubEnv('HEADWATER_API_URL', api.url);
  });

  it('waits where the server asks to, and sends the file again', async () => {
    const real = globalThis.fetch;
    let asked = 0;
    vi.spyOn(globalThis, 'fetch').mockImplementation(async (input, init) => {
      asked += 1;
      if (asked > 1) return real(input, init);
      return new Response(null, { status: 429, headers: { 'retry-after': '0' } });
    });
    await put('d/late.json', results('quotients', 1));
    expect(await run(join(folder, 'd'))).toBe(0);
    expect(asked).toBe(2);
  });

  it('sends no hidden file, no package, and nothing of a data folder, which holds keys', async () => {
    for (const name of ['.env', '.git/config', 'node_modules/some/package.json', 'own/keys/nextauth'])
      await put(`e/${name}`, Buffer.from('secret'));
    await put('e/own/evidence/ab/abcd', Buffer.from('secret'));
    await put('e/keys/named-so-by-chance.json', results('roots', 1));
    const sent: unknown[] = [];
    const real = globalThis.fetch;
    vi.spyOn(globalThis, 'fetch').mockImplementation((input, init) => {
      sent.push(new Headers(init?.headers).get('x-filename'));
      return real(input, init);
    });
    expect(await run(join(folder, 'e'))).toBe(1);
    expect(sent).toEqual([expect.stringContaining('named-so-by-chance.json')]);
    expect(said).toMatch(
      /own\n {2}not imported: it is the data folder of a Headwater, with its keys in it\n/,
    );
    expect(said).not.toContain('secret');
    for (const name of ['e/own', 'e/own/keys', 'e/own/keys/nextauth'])
      expect(await run(join(folder, name))).toBe(1);
    expect(sent).toHaveLength(1);
  });
});
