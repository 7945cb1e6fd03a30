import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { type ClientRequest, createServer, request, type Server } from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { createApiToken } from '../../../api/src/access/api-tokens.ts';
import type { Principal } from '../../../api/src/access/viewer.ts';
import { doorkeeper } from '../../../api/src/doorkeeper.ts';
import { bulkLayout } from '../../../api/src/interchange/bulk/bulk-format.ts';
import { BulkImports } from '../../../api/src/interchange/bulk/bulk-imports.ts';
import { importRoute } from '../../../api/src/interchange/import-route.ts';
import { requestContext } from '../../../api/src/request-context.ts';
import { asJson, type ImportWorld, importWorld, logOf } from './inspect-fixture.ts';

const express = createRequire(import.meta.resolve('../../../api/src/server.ts'))(
  'express',
) as typeof import('express');

describe('uploads of files to import', () => {
  let world: ImportWorld;
  let folder: string;
  beforeAll(async () => {
    world = await importWorld();
    folder = join(world.services.dataFolder, 'imports');
  });
  afterAll(() => world.close());

  async function tokenOf(by: Principal): Promise<string> {
    const teamId = by.teamIds[0]!;
    const made = await world.services.db.$transaction((tx) =>
      createApiToken(
        { tx, by, teamId, context: world.services },
        { name: 'tool', scopes: ['read', 'write:evals'] },
      ),
    );
    return made.token;
  }

  async function served(route: ReturnType<typeof importRoute>): Promise<{ url: string; server: Server }> {
    const app = express();
    app.post('/import', route);
    const server = createServer(app);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/import`, server };
  }

  const admit = () => doorkeeper(world.services).admit;

  it('leave nothing behind where the sender hangs up before a byte was taken', async () => {
    const admitted = admit();
    let handled: Promise<unknown> | null = null;
    const route = importRoute(world.services, {
      admit: async (incoming, response, cost) => {
        const context = await admitted(incoming, response, cost);
        upload.destroy();
        await new Promise((resolve) => incoming.once('close', resolve));
        return context;
      },
    });
    const { url, server } = await served((incoming, response, next) => {
      handled = Promise.resolve(route(incoming, response, next));
    });
    const headers = {
      authorization: `Bearer ${await tokenOf(await world.person('REPORTER'))}`,
      'content-length': '1000',
    };
    const upload = request(url, { method: 'POST', headers });
    upload.on('error', () => undefined);
    upload.flushHeaders();
    await expect.poll(() => handled, { timeout: 10_000 }).not.toBeNull();
    const late = new Promise((resolve) => setTimeout(resolve, 10_000, 'still waiting').unref());
    expect(await Promise.race([handled, late])).toBeUndefined();
    expect(await readdir(folder)).toEqual([]);
    await new Promise((resolve) => server.close(resolve));
  });

  it('are eight at once for one account by all of its tokens, and the next is taken once one has ended', async () => {
    const { url, server } = await served(importRoute(world.services, { admit: admit() }));
    const person = await world.person('REPORTER');
    const tokens = [await tokenOf(person), await tokenOf(person)];
    const send = (token: string, evalId: string) =>
      fetch(url, {
        method: 'POST',
        headers: { authorization: `Bearer ${token}` },
        body: new Uint8Array(asJson(logOf({ evalId }))),
      });
    const slow: ClientRequest[] = [];
    for (let i = 0; i < 8; i += 1) {
      const headers = { authorization: `Bearer ${tokens[i % 2]}`, 'content-length': '1000' };
      const upload = request(url, { method: 'POST', headers });
      upload.on('error', () => undefined);
      upload.write('{');
      slow.push(upload);
    }
    await expect.poll(() => readdir(folder), { timeout: 10_000 }).toHaveLength(8);
    for (const token of tokens) {
      const refused = await send(token, 'oneofmany1');
      expect([refused.status, refused.headers.get('retry-after')]).toEqual([429, '10']);
      expect((await refused.json()).error.code).toBe('RATE_LIMITED');
    }
    expect((await send(await tokenOf(await world.person('REPORTER')), 'anothers01')).status).toBe(201);
    slow[0]!.destroy();
    await expect.poll(() => readdir(folder), { timeout: 10_000 }).toHaveLength(7);
    await expect
      .poll(async () => (await send(tokens[0]!, 'oneofmany1')).status, { timeout: 10_000 })
      .toBeLessThan(300);
    for (const upload of slow) upload.destroy();
    await expect.poll(() => readdir(folder), { timeout: 10_000 }).toEqual([]);
    await new Promise((resolve) => server.close(resolve));
  });

  it('of files of many lines wait up to a bound for one account, and nothing is recorded of the next', async () => {
    const bulk = new BulkImports(world.services, { mostWaiting: 3 });
    let go = () => {};
    const gate = new Promise<void>((resolve) => {
      go = resolve;
    });
    const running = vi
      .spyOn(bulk as unknown as { run(): Promise<void> }, 'run')
      .mockImplementation(() => gate);
    const person = await world.person('REPORTER');
    await mkdir(folder, { recursive: true });
    const take = async (by: Principal, n: number) => {
      const path = join(folder, `lines-${n}`);
      await writeFile(path, `{"node":"source:waiting-${n}"}\n`);
      const layout = (await bulkLayout(path))!;
      return bulk.take(requestContext(world.services, by), { path, name: 'lines', layout });
    };
    const first = await take(person, 0);
    for (let n = 1; n < 3; n += 1) await take(person, n);
    await expect(take(person, 3)).rejects.toThrow(
      '3 files of yours wait to be taken in, and no more than 3 do, nor more than 16 GiB',
    );
    expect(await world.records.import.count({ where: { actorId: person.actorId } })).toBe(3);
    // What waits already is no further one, and others have a place of their own.
    expect(await take(person, 0)).toEqual({ id: first.id, alreadyImported: false });
    await take(await world.person('REPORTER'), 4);
    running.mockRestore();
    go();
    await bulk.idle();
    expect((await take(person, 3)).alreadyImported).toBe(false);
    await bulk.idle();
  });
});
