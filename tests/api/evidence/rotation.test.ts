import { randomBytes } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { rewrapEvidence } from '../../../api/src/incident/rewrap-evidence.ts';
import { addKeyToFolder } from '../../../api/src/platform/master-keys.ts';
import { requestContext } from '../../../api/src/request-context.ts';
import { openServices } from '../../../api/src/services.ts';
import { bytesOf, type EvidenceWorld, evidenceWorld } from './world.ts';

describe('the master key of evidence', () => {
  let world: EvidenceWorld;
  let id: string;
  const content = randomBytes(100_000);

  beforeAll(async () => {
    world = await evidenceWorld();
    id = await world.added(content, { sensitivity: 'NONE' });
  });
  afterAll(() => world.close());

  const usedKeys = async () => {
    const found = await world.api.records.sealedObject.findMany({ select: { masterKeyId: true } });
    return [...new Set(found.map((row) => row.masterKeyId))];
  };
  const opens = async () => Buffer.from(await (await world.get(id)).arrayBuffer()).equals(content);

  it('is replaced while the server runs: every key is wrapped anew, no object is touched, all of it opens', async () => {
    const before = { keys: await usedKeys(), bytes: await bytesOf(await world.kept()) };
    addKeyToFolder(world.services.dataFolder);
    // As the command does it, in a process that reads the keys afresh.
    const { dataFolder } = world.services;
    const administrator = await world.api.person('ADMINISTRATOR');
    const afresh = await openServices({ databaseUrl: world.api.databaseUrl, dataFolder, poolSize: 2 });
    try {
      const context = requestContext(afresh, administrator);
      expect(await rewrapEvidence(context)).toBe(1);
      expect(await rewrapEvidence(context)).toBe(0);
    } finally {
      await afresh.close();
    }
    const after = { keys: await usedKeys(), bytes: await bytesOf(await world.kept()) };
    expect(after.keys).toHaveLength(1);
    expect(after.keys).not.toEqual(before.keys);
    expect(after.bytes.equals(before.bytes)).toBe(true);
    expect(await opens()).toBe(true);
    const events = await world.api.records.event.findMany({ where: { type: 'EVIDENCE_KEYS_REWRAPPED' } });
    expect(events).toMatchObject([{ payload: { objects: 1 }, visibility: 'RESTRICTED' }]);
  });

  it('that is older may be removed then: what was sealed under it opens without', async () => {
    const file = join(world.services.dataFolder, 'keys', 'evidence');
    const [newest] = (await readFile(file, 'utf8')).split('\n');
    await writeFile(file, `${newest}\n`);
    expect(await opens()).toBe(true);
    const { dataFolder } = world.services;
    const afresh = await openServices({ databaseUrl: world.api.databaseUrl, dataFolder, poolSize: 2 });
    try {
      const [row] = await world.api.records.sealedObject.findMany();
      const chunks: Buffer[] = [];
      for await (const chunk of afresh.vault.get(row!)) chunks.push(chunk);
      expect(Buffer.concat(chunks).equals(content)).toBe(true);
    } finally {
      await afresh.close();
    }
  });

  it('is replaced by nobody but an administrator', async () => {
    const context = requestContext(world.services, world.reporter);
    await expect(rewrapEvidence(context)).rejects.toThrow(/admin/);
  });
});
