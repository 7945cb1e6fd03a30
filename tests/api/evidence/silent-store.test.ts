// A store of objects that takes what it is sent and says nothing: nobody else waits for it, and nobody for ever.
import { randomBytes } from 'node:crypto';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { givenKeys } from '../../../api/src/platform/master-keys.ts';
import { type S3Bounds, s3Store } from '../../../api/src/platform/object-store-s3.ts';
import { readWhole, vault } from '../../../api/src/platform/vault.ts';
import { mutate } from '../incident/world.ts';
import { type EvidenceWorld, evidenceWorld } from './world.ts';

/** As many changes as run at once over the four connections of a test. */
const TURNS = 2;

describe('a store that falls silent', () => {
  let server: Server;
  let answer: RequestListener;
  let asked = 0;
  const storeWith = (bounds: Partial<S3Bounds>) => {
    const { port } = server.address() as AddressInfo;
    return s3Store({ bucket: 'kept', endpoint: `http://127.0.0.1:${port}`, region: 'us-east-1' }, bounds);
  };
  const NAME = 'ab'.repeat(16);

  beforeAll(async () => {
    vi.stubEnv('AWS_ACCESS_KEY_ID', 'test');
    vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'test');
    server = createServer((request, response) => {
      asked += 1;
      answer(request, response);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  });
  afterEach(() => server.closeAllConnections());
  afterAll(async () => {
    vi.unstubAllEnvs();
    await new Promise((resolve) => server.close(resolve));
  });

  describe('under the API', () => {
    let world: EvidenceWorld;
    beforeAll(async () => {
      world = await evidenceWorld();
    });
    afterAll(() => world.close());

    it('keeps no other change waiting, and what waits for it is refused in time', async () => {
      answer = (request) => request.resume();
      asked = 0;
      // Long enough for an incident to be filed meanwhile, on a slow machine too.
      const store = storeWith({ silentMs: 2_000 });
      Object.assign(world.services, { vault: vault(givenKeys([randomBytes(32)]), store) });
      let ended = 0;
      const adding = Array.from({ length: 2 * TURNS }, async (_, n) => {
        const input = { incident: world.incident, kind: 'QUOTATION', title: `${n}`, text: `${n}` };
        const answered = await mutate(world.api, world.reporter, 'addEvidence', input, 'evidence { id }');
        ended += 1;
        return answered.errors.map((error) => error.code);
      });
      await vi.waitFor(() => expect(asked).toBeGreaterThanOrEqual(TURNS), { timeout: 10_000 });
      await world.filed('While the store is silent');
      expect(ended).toBe(0);
      expect(await Promise.all(adding)).toEqual(adding.map(() => ['INTERNAL']));
      expect(await world.recorded()).toEqual([0, 0]);
    });
  });

  it('is not waited for before its answer begins, nor in the middle of it', async () => {
    const store = storeWith({ silentMs: 100 });
    answer = (request) => request.resume();
    await expect(store.get(NAME)).rejects.toThrow(/requestTimeout/);
    answer = (_request, response) => {
      response.writeHead(200, { 'content-length': '10' });
      response.write('half');
    };
    await expect(readWhole(buffers(await store.get(NAME)), 10)).rejects.toThrow('fell silent');
  });

  it('is not taken for silent because whoever reads is slow', async () => {
    // More than fits between the store and a reader, so that the connection rests while nobody reads.
    const content = randomBytes(16 * 1024 * 1024);
    answer = (_request, response) => {
      response.writeHead(200, { 'content-length': String(content.length) });
      response.end(content);
    };
    const slowly: Buffer[] = [];
    for await (const piece of buffers(await storeWith({ silentMs: 100 }).get(NAME))) {
      if (slowly.length < 2) await new Promise((resolve) => setTimeout(resolve, 400));
      slowly.push(piece);
    }
    expect(Buffer.concat(slowly).equals(content)).toBe(true);
  });
});

async function* buffers(content: AsyncIterable<Uint8Array>): AsyncGenerator<Buffer> {
  for await (const piece of content) yield Buffer.from(piece);
}
