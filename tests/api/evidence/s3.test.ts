import { randomBytes } from 'node:crypto';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { createServer, type IncomingMessage, type RequestListener, request, type Server } from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { ObjectMissing } from '../../../api/src/platform/object-store.ts';
import { type S3Place, s3Store } from '../../../api/src/platform/object-store-s3.ts';
import { openServices } from '../../../api/src/services.ts';
import { bytesOf, type EvidenceWorld, evidenceWorld } from './world.ts';

interface S3rver {
  configureBuckets(): Promise<void>;
  callback(): RequestListener;
}
// It comes without types.
const S3rver = createRequire(import.meta.url)('s3rver') as new (options: object) => S3rver;

const BUCKET = 'evidence-of-tests';
/** Small parts, so that a short object has several; s3rver does not mind. */
const PART = 1_000;

describe('an S3-compatible store', () => {
  let folder: string;
  let server: Server;
  /** What was asked of the store: s3rver does not know how to give an upload in parts up, so that it was asked must do. */
  const asked: string[] = [];
  /** Whose answers do not arrive. */
  let losing: (asking: IncomingMessage) => boolean = () => false;
  let place: S3Place;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'headwater-s3-'));
    const store = new S3rver({
      silent: true,
      directory: folder,
      vhostBuckets: false,
      configureBuckets: [{ name: BUCKET }],
    });
    await store.configureBuckets();
    const answer = store.callback();
    server = createServer((asking, response) => {
      const one = `${asking.method} ${asking.url}`;
      if (losing(asking)) {
        // s3rver falls over what it is asked to complete twice.
        if (asked.includes(one)) return void response.destroy();
        response.end = () => response.destroy();
      }
      asked.push(one);
      answer(asking, response);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    place = { bucket: `${BUCKET}/kept`, endpoint: `http://127.0.0.1:${port}`, region: 'us-east-1' };
    vi.stubEnv('AWS_ACCESS_KEY_ID', 'S3RVER');
    vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'S3RVER');
  });
  afterAll(async () => {
    vi.unstubAllEnvs();
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
    await rm(folder, { recursive: true, force: true });
  });

  /** Everything that the store has on its disk, parts of unfinished uploads too. */
  async function files(): Promise<string[]> {
    const entries = await readdir(folder, { recursive: true, withFileTypes: true });
    return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  }

  const name = () => randomBytes(16).toString('hex');
  async function* chunks(bytes: Buffer, length = 300): AsyncGenerator<Buffer> {
    for (let from = 0; from < bytes.length; from += length) yield bytes.subarray(from, from + length);
  }
  async function read(content: AsyncIterable<Uint8Array>): Promise<Buffer> {
    const all: Uint8Array[] = [];
    for await (const chunk of content) all.push(chunk);
    return Buffer.concat(all);
  }

  it.each([1, PART - 1, PART, PART + 1, 2 * PART, 4 * PART + 7])(
    'gives back %i bytes as they were put, in one piece or in parts',
    async (length) => {
      const store = s3Store(place, { partBytes: PART });
      const bytes = randomBytes(length);
      const object = name();
      await store.put(object, chunks(bytes));
      expect((await read(await store.get(object))).equals(bytes)).toBe(true);
      await store.remove(object);
      await store.remove(object);
      await expect(store.get(object)).rejects.toThrow(ObjectMissing);
    },
  );

  it('keeps nothing of a content that breaks off: sends nothing early, and gives up what was sent in parts', async () => {
    const store = s3Store(place, { partBytes: PART });
    const broken = async function* (length: number) {
      yield* chunks(randomBytes(length));
      throw new Error('gone');
    };
    asked.length = 0;
    await expect(store.put(name(), broken(PART / 2))).rejects.toThrow('gone');
    expect(asked).toEqual([]);
    const object = name();
    await expect(store.put(object, broken(3 * PART))).rejects.toThrow('gone');
    const uploadId = /uploadId=([0-9a-f]+)/.exec(asked.find((one) => one.startsWith('PUT')) ?? '')?.[1];
    expect(uploadId).toBeDefined();
    const givenUp = (one: string) => one.startsWith('DELETE') && one.includes(`uploadId=${uploadId}`);
    expect(asked.filter(givenUp).length).toBeGreaterThan(0);
    await expect(store.get(object)).rejects.toThrow(ObjectMissing);
  });

  it.each([
    ['in one piece', PART / 2, 'PUT'],
    ['in parts', 3 * PART, 'POST'],
  ])('keeps nothing of what was put %s where the answer to that is lost', async (_how, length, method) => {
    const object = name();
    let lost = 0;
    // What it does is done; only nobody is told. An upload in parts is begun by a POST too, whose answer comes.
    losing = ({ method: asked, url }) =>
      asked === method && (method === 'PUT' || url?.includes('uploadId=') === true) && ++lost > 0;
    await expect(
      s3Store(place, { partBytes: PART }).put(object, chunks(randomBytes(length))),
    ).rejects.toThrow();
    losing = () => false;
    expect(lost).toBeGreaterThan(0);
    await expect(s3Store(place).get(object)).rejects.toThrow(ObjectMissing);
  });

  it('says so where the bucket is not there, and lets go of what it was to put', async () => {
    const absent = s3Store({ ...place, bucket: 'another-bucket' }, { partBytes: PART });
    for (const length of [10, 3 * PART]) {
      const content = Readable.from(chunks(randomBytes(length)));
      await expect(absent.put(name(), content)).rejects.toThrow(/bucket/i);
      expect(content.destroyed).toBe(true);
    }
  });

  describe('under the API', () => {
    let world: EvidenceWorld;
    beforeAll(async () => {
      const made = await evidenceWorld();
      const { dataFolder } = made.services;
      const services = await openServices({
        databaseUrl: made.api.databaseUrl,
        dataFolder,
        evidence: { keys: [randomBytes(32)], s3: place },
      });
      Object.assign(made.services, { vault: services.vault });
      await services.close();
      world = made;
    });
    afterAll(() => world.close());

    it('keeps evidence sealed, and gives it out as it was', async () => {
      const marker = randomBytes(20).toString('hex');
      const content = Buffer.from(`${marker} ${'and so on '.repeat(30_000)}`);
      const id = await world.added(content, { sensitivity: 'NONE' });
      expect(await world.kept()).toEqual([]);
      const stored = await bytesOf(await files());
      expect(stored.length).toBeGreaterThan(content.length);
      expect(stored.includes(marker)).toBe(false);
      expect(Buffer.from(await (await world.get(id)).arrayBuffer()).equals(content)).toBe(true);
    });

    it('keeps nothing of an upload that breaks off', async () => {
      const before = await files();
      const recorded = await world.recorded();
      let puts = 0;
      const { vault } = world.services;
      const ended = new Promise<unknown>((resolve) => {
        Object.assign(world.services, {
          vault: {
            ...vault,
            put: (content: AsyncIterable<Uint8Array>) => {
              puts += 1;
              const put = vault.put(content);
              void put.catch(resolve);
              return put;
            },
          },
        });
      });
      const upload = request(`${world.url}/evidence?incident=${encodeURIComponent(world.incident)}`, {
        method: 'POST',
        headers: { authorization: `Bearer ${world.reporterToken}`, 'content-length': '300000' },
      });
      upload.on('error', () => undefined);
      upload.write(randomBytes(100_000));
      await vi.waitFor(() => expect(puts).toBe(1), { timeout: 10_000 });
      upload.destroy();
      expect(String(await ended)).toContain('broke off');
      Object.assign(world.services, { vault });
      expect(await files()).toEqual(before);
      expect(await world.recorded()).toEqual(recorded);
    });
  });
});
