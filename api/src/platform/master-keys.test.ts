import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { thisProcess } from './data-folder-process.ts';
import { addKeyToFolder, givenKeys, keysOfFolder, unwrapKey, wrapKey } from './master-keys.ts';
import { SealError } from './sealing.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'headwater-keys-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const key = randomBytes(32);

describe('a wrapped key', () => {
  const keys = givenKeys([randomBytes(32)]);

  it('opens for its object alone, under its master key alone', () => {
    const wrapped = wrapKey(keys, 'one', key);
    expect(unwrapKey(keys, 'one', wrapped).equals(key)).toBe(true);
    expect(() => unwrapKey(keys, 'two', wrapped)).toThrow(SealError);
    expect(() => unwrapKey(givenKeys([randomBytes(32)]), 'one', wrapped)).toThrow(/is not kept here/);
  });

  it('does not open where any byte of it is another', () => {
    const { masterKeyId, wrapped } = wrapKey(keys, 'one', key);
    for (let i = 0; i < wrapped.length; i += 1) {
      const wrong = Buffer.from(wrapped);
      wrong.writeUInt8(wrong.readUInt8(i) ^ 0x80, i);
      expect(() => unwrapKey(keys, 'one', { masterKeyId, wrapped: wrong }), `byte ${i}`).toThrow(SealError);
    }
    expect(() => unwrapKey(keys, 'one', { masterKeyId, wrapped: wrapped.subarray(1) })).toThrow(SealError);
  });

  it('names its master key without telling anything of it', () => {
    const bytes = randomBytes(32);
    const { masterKeyId } = wrapKey(givenKeys([bytes]), 'one', key);
    expect(masterKeyId).toMatch(/^[0-9a-f]{16}$/);
    expect(bytes.toString('hex')).not.toContain(masterKeyId);
  });
});

describe('the keys of a data folder', () => {
  it('are made once, kept from one start to the next, and readable by their owner alone', () => {
    const wrapped = wrapKey(keysOfFolder(folder), 'one', key);
    expect(unwrapKey(keysOfFolder(folder), 'one', wrapped).equals(key)).toBe(true);
    expect(statSync(join(folder, 'keys', 'evidence')).mode & 0o777).toBe(0o600);
  });

  it('wrap with a new one after it was added, and open what the old one wrapped, in a running server too', () => {
    const running = keysOfFolder(folder);
    const before = wrapKey(running, 'one', key);
    addKeyToFolder(folder);
    const after = wrapKey(keysOfFolder(folder), 'one', key);
    expect(after.masterKeyId).not.toBe(before.masterKeyId);
    expect(unwrapKey(running, 'one', after).equals(key)).toBe(true);
    expect(unwrapKey(keysOfFolder(folder), 'one', before).equals(key)).toBe(true);
    expect(
      readFileSync(join(folder, 'keys', 'evidence'), 'utf8')
        .trim()
        .split('\n'),
    ).toHaveLength(2);
  });

  it('are added one at a time, whichever processes add them: none is written over', async () => {
    const each = 30;
    const program = `
      import { existsSync } from 'node:fs';
      import { addKeyToFolder } from ${JSON.stringify(new URL('master-keys.ts', import.meta.url).href)};
      const [folder] = process.argv.slice(-1);
      process.stdout.write('ready');
      while (!existsSync(folder + '/go'));
      for (let added = 0; added < ${each}; ) {
        try {
          addKeyToFolder(folder);
          added += 1;
        } catch (error) {
          if (!/try again|keep changing/.test(error.message)) throw error;
        }
      }`;
    keysOfFolder(folder).newest();
    const adding = ['one', 'two'].map((name) => {
      const script = join(folder, `${name}.mts`);
      writeFileSync(script, program);
      return spawn(process.execPath, ['--import', 'tsx', script, folder], {
        stdio: ['ignore', 'pipe', 'inherit'],
      });
    });
    const ended = adding.map((child) => once(child, 'exit'));
    await Promise.all(adding.map((child) => once(child.stdout, 'data')));
    writeFileSync(join(folder, 'go'), '');
    expect(await Promise.all(ended)).toEqual([
      [0, null],
      [0, null],
    ]);
    const kept = readFileSync(join(folder, 'keys', 'evidence'), 'utf8')
      .trim()
      .split('\n');
    expect(new Set(kept).size).toBe(2 * each + 1);
    expect(readdirSync(join(folder, 'keys'))).toEqual(['evidence']);
    // Two processes that wait for one another sixty times: on a busy machine longer than other tests may take.
  }, 120_000);

  it('are not added to while another process does, and are then', () => {
    keysOfFolder(folder).newest();
    const lock = join(folder, 'keys', 'evidence.lock');
    writeFileSync(lock, JSON.stringify(thisProcess()));
    expect(() => addKeyToFolder(folder)).toThrow(`Process ${process.pid} is changing`);
    // One that was killed keeps nobody out.
    writeFileSync(lock, JSON.stringify({ ...thisProcess(), began: 'long ago' }));
    addKeyToFolder(folder);
    expect(
      readFileSync(join(folder, 'keys', 'evidence'), 'utf8')
        .trim()
        .split('\n'),
    ).toHaveLength(2);
  });

  it('are refused where there is no folder, rather than made in the place that happens to be the current one', () => {
    expect(() => keysOfFolder('').newest()).toThrow('There is no data folder');
  });
});
