import { randomBytes } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { type IncomingMessage, request } from 'node:http';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { inChange } from '../../../api/src/access/change.ts';
import type { Principal } from '../../../api/src/access/viewer.ts';
import type { Context } from '../../../api/src/context.ts';
import { rewrapEvidence } from '../../../api/src/incident/rewrap-evidence.ts';
import { addKeyToFolder, masterKey } from '../../../api/src/platform/master-keys.ts';
import { insertSealed } from '../../../api/src/platform/sealed-objects.ts';
import { readWhole } from '../../../api/src/platform/vault.ts';
import { requestContext } from '../../../api/src/request-context.ts';
import { openServices } from '../../../api/src/services.ts';
import { bytesOf, type EvidenceWorld, evidenceWorld } from './world.ts';

describe('the master key of evidence', () => {
  let world: EvidenceWorld;
  let administrator: Principal;
  let id: string;
  const content = randomBytes(100_000);

  beforeAll(async () => {
    world = await evidenceWorld();
    administrator = await world.api.person('ADMINISTRATOR');
    id = await world.added(content, { sensitivity: 'NONE' });
  });
  afterAll(() => world.close());

  const usedKeys = async () => {
    const found = await world.api.records.sealedObject.findMany({ select: { masterKeyId: true } });
    return [...new Set(found.map((row) => row.masterKeyId))];
  };
  const opens = async () => Buffer.from(await (await world.get(id)).arrayBuffer()).equals(content);

  async function removeOlderKeys(): Promise<void> {
    const file = join(world.services.dataFolder, 'keys', 'evidence');
    const [newest] = (await readFile(file, 'utf8')).split('\n');
    await writeFile(file, `${newest}\n`);
  }
  /** As the command works, in a process that reads the keys afresh. */
  async function withAfresh<T>(work: (context: Context) => Promise<T>): Promise<T> {
    const { dataFolder } = world.services;
    const afresh = await openServices({ databaseUrl: world.api.databaseUrl, dataFolder, poolSize: 2 });
    try {
      return await work(requestContext(afresh, administrator));
    } finally {
      await afresh.close();
    }
  }
  const allOpen = () =>
    withAfresh(async ({ vault }) => {
      for (const row of await world.api.records.sealedObject.findMany())
        await readWhole(vault.get(row), 1_000_000);
    });

  it('is replaced while the server runs: every key is wrapped anew, no object is touched, all of it opens', async () => {
    const before = { keys: await usedKeys(), bytes: await bytesOf(await world.kept()) };
    addKeyToFolder(world.services.dataFolder);
    await withAfresh(async (context) => {
      expect(await rewrapEvidence(context)).toEqual({ rewrapped: 1, unopened: 0, older: 0, complete: true });
      expect(await rewrapEvidence(context)).toEqual({ rewrapped: 0, unopened: 0, older: 0, complete: true });
    });
    const after = { keys: await usedKeys(), bytes: await bytesOf(await world.kept()) };
    expect(after.keys).toHaveLength(1);
    expect(after.keys).not.toEqual(before.keys);
    expect(after.bytes.equals(before.bytes)).toBe(true);
    expect(await opens()).toBe(true);
    const events = await world.api.records.event.findMany({ where: { type: 'EVIDENCE_KEYS_REWRAPPED' } });
    expect(events).toMatchObject([{ payload: { objects: 1 }, visibility: 'RESTRICTED' }]);
  });

  it('that is older may be removed then: what was sealed under it opens without', async () => {
    await removeOlderKeys();
    expect(await opens()).toBe(true);
    await withAfresh(async ({ vault }) => {
      const [row] = await world.api.records.sealedObject.findMany();
      expect((await readWhole(vault.get(row!), content.length)).equals(content)).toBe(true);
    });
  });

  it('may be replaced while a file is on its way: it opens without the older one', async () => {
    const bytes = randomBytes(200_000);
    const { length } = await world.kept();
    const upload = request(`${world.url}/evidence?incident=${encodeURIComponent(world.incident)}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${world.reporterToken}`, 'content-length': String(bytes.length) },
    });
    const answered = new Promise<IncomingMessage>((resolve) => upload.once('response', resolve));
    upload.write(bytes.subarray(0, 150_000));
    await vi.waitFor(async () => expect(await world.kept()).toHaveLength(length + 1), { timeout: 10_000 });
    addKeyToFolder(world.services.dataFolder);
    await withAfresh((context) => rewrapEvidence(context));
    upload.end(bytes.subarray(150_000));
    expect((await answered).statusCode).toBe(201);
    await removeOlderKeys();
    await allOpen();
  });

  it('may be replaced between the storing of a file and its record', async () => {
    const { vault } = world.services;
    const stored = await vault.put(Readable.from([randomBytes(100)]));
    addKeyToFolder(world.services.dataFolder);
    await withAfresh((context) => rewrapEvidence(context));
    await inChange(requestContext(world.services, world.reporter), 'write:incidents', ({ tx }) =>
      insertSealed(tx, vault, stored),
    );
    await removeOlderKeys();
    await allOpen();
  });

  it('is replaced in what a change has recorded and nobody sees yet, once that ends', async () => {
    const { vault } = world.services;
    const stored = await vault.put(Readable.from([randomBytes(100)]));
    let end = () => {};
    const held = new Promise<void>((resolve) => {
      end = resolve;
    });
    let inserted = () => {};
    const begun = new Promise<void>((resolve) => {
      inserted = resolve;
    });
    const recording = inChange(
      requestContext(world.services, world.reporter),
      'write:incidents',
      async ({ tx }) => {
        await insertSealed(tx, vault, stored);
        inserted();
        await held;
      },
    );
    await begun;
    addKeyToFolder(world.services.dataFolder);
    // While it goes on, nobody is told that the older key can go.
    expect(await withAfresh((context) => rewrapEvidence(context, 50))).toMatchObject({ complete: false });
    const rewrapping = withAfresh((context) => rewrapEvidence(context));
    end();
    await recording;
    expect(await rewrapping).toEqual({ rewrapped: 1, unopened: 0, older: 0, complete: true });
    await removeOlderKeys();
    await allOpen();
  });

  it('is replaced for all that opens, where a key was lost long ago', async () => {
    const masterKeyId = masterKey(randomBytes(32)).id;
    const before = await world.api.records.sealedObject.findMany();
    // The first and the last of them, so that some come after one that does not open.
    const broken = [before[0]!, before.at(-1)!];
    for (const { id } of broken)
      await world.api.records.sealedObject.update({ where: { id }, data: { masterKeyId } });
    addKeyToFolder(world.services.dataFolder);
    expect(await withAfresh((context) => rewrapEvidence(context))).toEqual({
      rewrapped: before.length - broken.length,
      unopened: broken.length,
      older: broken.length,
      complete: true,
    });
  });

  it('is replaced by nobody but an administrator', async () => {
    const context = requestContext(world.services, world.reporter);
    await expect(rewrapEvidence(context)).rejects.toThrow(/admin/);
  });
});
