import { createHmac } from 'node:crypto';
import { installationKeys } from './access/access.store.ts';
import { PASSWORD_ONLY, type SignInSettings } from './access/sign-in-settings.ts';
import type { Services } from './context.ts';
import { type Database, openDatabase } from './platform/database.ts';
import { globalIds } from './platform/global-id.ts';
import { cursors } from './platform/page.ts';

/** Opens the database and reads the installation's keys; `close` gives the connections back. */
export async function openServices(options: {
  databaseUrl: string;
  dataFolder: string;
  signIn?: SignInSettings;
  poolSize?: number;
  onStatement?: (sql: string, ms: number) => void;
}): Promise<Services & { close(): Promise<void> }> {
  const { databaseUrl, dataFolder, signIn = PASSWORD_ONLY, ...more } = options;
  const db: Database = openDatabase(databaseUrl, more);
  const keys = await installationKeys(db);
  const tokenKey = Buffer.from(keys.tokenKey);
  return {
    db,
    ids: globalIds(Buffer.from(keys.globalIdKey).subarray(0, 16)),
    cursors: cursors(tokenKey),
    digest: (secret) => createHmac('sha256', tokenKey).update('headwater digest\n').update(secret).digest(),
    tokenKey,
    dataFolder,
    signIn,
    close: () => db.close(),
  };
}
