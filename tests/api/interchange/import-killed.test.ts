import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createApiToken } from '../../../api/src/access/api-tokens.ts';
import { type RunningApi, startApi } from '../../../api/src/server.ts';
import { runImport, totalsOf, writeFolder } from '../../testkit/killed-import.ts';
import { type ImportWorld, importWorld } from './inspect-fixture.ts';

const FILES = 20;

describe('headwater import of a folder, killed in the middle', () => {
  let world: ImportWorld;
  let api: RunningApi;
  let token: string;
  beforeAll(async () => {
    world = await importWorld();
    api = await startApi({ services: world.services, host: '127.0.0.1', port: 0 });
    const by = await world.person('REPORTER');
    const scopes = ['read', 'write:evals', 'write:lineage'] as const;
    ({ token } = await world.services.db.$transaction((tx) =>
      createApiToken(
        { tx, by, teamId: by.teamIds[0]!, context: world.services },
        { name: 'tool', scopes: [...scopes] },
      ),
    ));
  });
  afterAll(async () => {
    await api.close();
    await world.close();
  });

  it('goes on when it is started again: each file is told of, and no run is there twice', async () => {
    const folder = await writeFolder(join(world.services.dataFolder, 'logs'), FILES);
    const to = { url: api.url, token };
    const killed = await runImport(folder.path, to, 9);
    expect(killed.signal).toBe('SIGKILL');
    expect(totalsOf(killed.said)).toBeNull();
    const between = await world.records.evalRun.count();
    expect(between).toBeGreaterThan(0);
    expect(between).toBeLessThan(folder.good);

    const { code, signal, said } = await runImport(folder.path, to, null);
    expect({ code, signal }).toEqual({ code: 1, signal: null });
    const totals = totalsOf(said)!;
    expect(totals.refused).toBe(folder.bad);
    expect(totals.imported + totals.before).toBe(folder.good);
    expect(totals.before).toBeGreaterThanOrEqual(1);
    for (let nth = 1; nth <= FILES; nth += 1) expect(said).toContain(`[${nth}/${FILES}] `);
    expect(said.match(/not imported: The file is neither JSON nor a zip/g)).toHaveLength(folder.bad);

    expect(await world.records.evalRun.count()).toBe(folder.good);
    const names = await world.records.node.findMany({ where: { kind: 'EVAL_RUN' }, select: { name: true } });
    expect(new Set(names.map(({ name }) => name)).size).toBe(folder.good);
    const imports = await world.records.import.groupBy({
      by: ['status'],
      _count: true,
      orderBy: { status: 'asc' },
    });
    expect(imports.map(({ status, _count }) => [status, _count])).toEqual([
      ['SUCCEEDED', folder.good],
      ['FAILED', folder.bad],
    ]);
  }, 180_000);

  it('stops where nobody reads any more what it prints, and calls that no defect', async () => {
    const folder = await writeFolder(join(world.services.dataFolder, 'unread'), FILES);
    const closed = await runImport(
      folder.path,
      { url: api.url, token },
      2,
      (child) => void child.stdout!.destroy(),
    );
    expect(closed.signal).toBe('SIGTERM');
    expect(closed.said).not.toMatch(/error|EPIPE/i);
  }, 60_000);
});
