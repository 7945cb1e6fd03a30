import { createHmac } from 'node:crypto';
import { openDataFolder } from './data-folder.ts';

/** The half of the key that is kept in the data folder, 32 bytes: made when first asked for. */
export function tokenKeyOfFolder(location: string): Buffer {
  if (location === '') throw new Error('There is no data folder to keep the key of tokens in.');
  return Buffer.from(openDataFolder(location).secret('tokens'), 'base64url');
}

/**
 * What signs access tokens and digests secrets: of two halves, one in the database and one never in it. Whoever has
 * a dump of the one can forge no token and try no secret.
 */
export function joinTokenKey(inDatabase: Uint8Array, outside: Uint8Array): Buffer {
  return createHmac('sha256', outside).update('headwater token key\n').update(inDatabase).digest();
}
