import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto';
import { type DataFolder, openDataFolder } from './data-folder.ts';
import { KEY_BYTES, SealError } from './sealing.ts';

/** A key that wraps the keys of sealed objects, known in the database by a name that tells nothing of it. */
export interface MasterKey {
  id: string;
  bytes: Buffer;
}

/** The newest wraps; every one that is still kept unwraps. */
export interface MasterKeys {
  newest(): MasterKey;
  find(id: string): MasterKey | null;
}

export interface WrappedKey {
  masterKeyId: string;
  wrapped: Uint8Array;
}

export function masterKey(bytes: Buffer): MasterKey {
  if (bytes.length !== KEY_BYTES) throw new Error(`A master key has ${KEY_BYTES} bytes.`);
  const id = createHash('sha256').update('headwater master key id\n').update(bytes).digest('hex');
  return { id: id.slice(0, 16), bytes };
}

/** Keys given by the operator, the newest first. */
export function givenKeys(keys: readonly [Buffer, ...Buffer[]]): MasterKeys {
  const [first, ...older] = keys;
  const newest = masterKey(first);
  const all = [newest, ...older.map(masterKey)];
  return { newest: () => newest, find: (id) => all.find((key) => key.id === id) ?? null };
}

const NAME = 'evidence';

/** Keys kept in the data folder, one a line, the newest first. Read again where one is missing: it may be new. */
export function keysOfFolder(location: string): MasterKeys {
  let folder: DataFolder | null = null;
  let held: MasterKey[] = [];
  const read = () => {
    if (location === '') throw new Error('There is no data folder to keep keys in.');
    folder ??= openDataFolder(location);
    const lines = folder.secret(NAME, KEY_BYTES).split('\n').filter(Boolean);
    held = lines.map((line) => masterKey(Buffer.from(line, 'base64url')));
    return held;
  };
  return {
    newest() {
      // Read every time: an older one may be about to be removed, and must wrap nothing more.
      const [newest] = read();
      if (newest === undefined) throw new Error(`The file keys/${NAME} holds no key.`);
      return newest;
    },
    find: (id) => held.find((key) => key.id === id) ?? read().find((key) => key.id === id) ?? null,
  };
}

/** Puts a new key before those of the folder; what is sealed from now on is wrapped by it. */
export function addKeyToFolder(location: string): void {
  const added = randomBytes(KEY_BYTES).toString('base64url');
  openDataFolder(location).changeSecret(NAME, (before) => `${added}\n${before}`, KEY_BYTES);
}

const aadOf = (masterKeyId: string, name: string) => Buffer.from(`headwater key\n${masterKeyId}\n${name}`);

/** A random nonce is right here: a master key wraps far fewer than 2^32 keys. */
export function wrapKey(keys: MasterKeys, name: string, key: Uint8Array): WrappedKey {
  const { id, bytes } = keys.newest();
  const nonce = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', bytes, nonce);
  cipher.setAAD(aadOf(id, name));
  return {
    masterKeyId: id,
    wrapped: Buffer.concat([nonce, cipher.update(key), cipher.final(), cipher.getAuthTag()]),
  };
}

/** @throws SealError where the master key is gone, or the wrapped key is not what it was. */
export function unwrapKey(keys: MasterKeys, name: string, { masterKeyId, wrapped }: WrappedKey): Buffer {
  const master = keys.find(masterKeyId);
  if (master === null)
    throw new SealError(
      `The master key ${masterKeyId} is not kept here, so what it sealed cannot be opened.`,
    );
  const bytes = Buffer.from(wrapped);
  if (bytes.length !== 12 + KEY_BYTES + 16) throw new SealError('This is no wrapped key.');
  const decipher = createDecipheriv('aes-256-gcm', master.bytes, bytes.subarray(0, 12), {
    authTagLength: 16,
  });
  decipher.setAAD(aadOf(masterKeyId, name));
  decipher.setAuthTag(bytes.subarray(-16));
  const key = decipher.update(bytes.subarray(12, -16));
  try {
    decipher.final();
  } catch {
    throw new SealError('The wrapped key does not open: it is not as it was wrapped.');
  }
  return key;
}
