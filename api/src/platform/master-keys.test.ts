import { randomBytes } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
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

  it('are refused where there is no folder, rather than made in the place that happens to be the current one', () => {
    expect(() => keysOfFolder('').newest()).toThrow('There is no data folder');
  });
});
