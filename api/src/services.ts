import { createHmac } from 'node:crypto';
import { join } from 'node:path';
import { installationKeys } from './access/access.store.ts';
import { PASSWORD_ONLY, type SignInSettings } from './access/sign-in-settings.ts';
import type { EvidenceConfig } from './config.ts';
import type { Services } from './context.ts';
import { keepFeedShort } from './lineage/lineage-feed.ts';
import { ResidentLineage } from './lineage/resident/resident-lineage.ts';
import { SharedPlaces } from './lineage/shared-places.ts';
import { boundTo } from './platform/bound-database.ts';
import { BulkConnection } from './platform/bulk-connection.ts';
import { CertainMoments } from './platform/certain-moment.ts';
import { type Database, type DatabaseOptions, openDatabase, POOL_SIZE } from './platform/database.ts';
import { Gatherings } from './platform/gatherings.ts';
import { globalIds } from './platform/global-id.ts';
import { givenKeys, keysOfFolder, type MasterKeys } from './platform/master-keys.ts';
import { diskStore } from './platform/object-store-disk.ts';
import { s3Store } from './platform/object-store-s3.ts';
import { cursors } from './platform/page.ts';
import { SEES_PUBLIC } from './platform/rights.ts';
import { statementNames } from './platform/statement-names.ts';
import { joinTokenKey, tokenKeyOfFolder } from './platform/token-key.ts';
import { turnsOf } from './platform/turns.ts';
import { vault } from './platform/vault.ts';

/** A statement asked for the so-manieth time is planned once for all. */
const OFTEN = 3;

/** A lineage of fewer edges is copied from the database in a tenth of a second, and needs no file. */
const KEPT_FROM = 20_000;

/** Opens the database and reads the installation's keys; `close` gives the connections back. */
export async function openServices(
  options: {
    databaseUrl: string;
    dataFolder: string;
    /** Where evidence is kept and what seals it: in the data folder, unless told. */
    evidence?: Pick<EvidenceConfig, 'keys' | 's3'>;
    /** Whether the files of imports are kept: they are, unless told. */
    keepImports?: boolean;
    /** The half of the key of tokens that is not in the database: that of the data folder, unless told. */
    tokenKey?: Uint8Array | null;
    signIn?: SignInSettings;
    /** How much memory the lineage may take, in bytes; 0 leaves it in the database. */
    lineageMemory?: number;
    /** How many statements each connection keeps planned once they are asked often; none unless told. */
    preparedStatements?: number;
  } & Pick<DatabaseOptions, 'poolSize' | 'onStatement' | 'statementName'>,
): Promise<Services & { close(): Promise<void> }> {
  const { databaseUrl, dataFolder, evidence, keepImports = true, tokenKey: outside, ...rest } = options;
  const { signIn = PASSWORD_ONLY, lineageMemory = 0, preparedStatements = 0, ...more } = rest;
  const db: Database = openDatabase(databaseUrl, {
    ...(preparedStatements > 0 && {
      statementName: statementNames({ most: preparedStatements, after: OFTEN }),
    }),
    ...more,
  });
  const keys = await installationKeys(db);
  const tokenKey = joinTokenKey(keys.tokenKey, outside ?? tokenKeyOfFolder(dataFolder));
  const resident =
    lineageMemory > 0
      ? new ResidentLineage({ url: databaseUrl, db, most: lineageMemory, ...lineageFile(dataFolder) })
      : null;
  // Until it is loaded the database answers, so nobody waits for it.
  void resident?.ready();
  const endFeed = keepFeedShort(db);
  return {
    db,
    openBulk: () => BulkConnection.open(databaseUrl),
    turns: turnsOf(more.poolSize ?? POOL_SIZE),
    gatherings: new Gatherings(),
    certainty: new CertainMoments(boundTo(db, SEES_PUBLIC)),
    resident,
    sharedPlaces: new SharedPlaces(),
    ids: globalIds(Buffer.from(keys.globalIdKey).subarray(0, 16)),
    cursors: cursors(Buffer.from(keys.tokenKey)),
    digest: (secret) => createHmac('sha256', tokenKey).update('headwater digest\n').update(secret).digest(),
    tokenKey,
    dataFolder,
    vault: vault(evidenceKeys(dataFolder, evidence), evidenceStore(dataFolder, evidence)),
    keepImports,
    signIn,
    close: async () => {
      await Promise.all([resident?.close(), endFeed()]);
      await db.close();
    },
  };
}

const lineageFile = (dataFolder: string) =>
  dataFolder !== '' && { file: { path: join(dataFolder, 'lineage', 'snapshot'), least: KEPT_FROM } };

type Evidence = Pick<EvidenceConfig, 'keys' | 's3'> | undefined;

/** The keys that evidence is sealed with: those of the environment, else those of the data folder. */
export function evidenceKeys(dataFolder: string, evidence: Evidence): MasterKeys {
  const [newest, ...older] = evidence?.keys ?? [];
  return newest === undefined ? keysOfFolder(dataFolder) : givenKeys([newest, ...older]);
}

const evidenceStore = (dataFolder: string, evidence: Evidence) =>
  evidence?.s3 ? s3Store(evidence.s3) : diskStore(join(dataFolder, 'evidence'));
