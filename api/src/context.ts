import type { SignInSettings } from './access/sign-in-settings.ts';
import type { Viewer } from './access/viewer.ts';
import type { Allowance } from './graphql/defences/allowance.ts';
import type { ResidentLineage } from './lineage/resident/resident-lineage.ts';
import type { SharedPlaces } from './lineage/shared-places.ts';
import type { BoundDb } from './platform/bound-database.ts';
import type { BulkConnection } from './platform/bulk-connection.ts';
import type { CertainMoments } from './platform/certain-moment.ts';
import type { Db } from './platform/database.ts';
import type { Gatherings } from './platform/gatherings.ts';
import type { GlobalIds } from './platform/global-id.ts';
import type { LoaderOf, Loaders } from './platform/loader.ts';
import type { Cursors } from './platform/page.ts';
import type { Turns } from './platform/turns.ts';
import type { Vault } from './platform/vault.ts';

/** What lives as long as the process. */
export interface Services {
  db: Db;
  /** A connection of its own for rows by the million; whoever opens it closes it. */
  openBulk(): Promise<BulkConnection>;
  /** In which changes run, so that not all connections are theirs. */
  turns: Turns;
  /** In which changes of one sort, by many requests, share a transaction. */
  gatherings: Gatherings;
  /** What a writer waits by until the next reader sees what was written. */
  certainty: CertainMoments;
  ids: GlobalIds;
  cursors: Cursors;
  /** Digests tokens and session handles with a key of the installation: 32 bytes. */
  digest(secret: string): Uint8Array;
  /** Signs access tokens: 32 bytes of the installation. */
  tokenKey: Uint8Array;
  dataFolder: string;
  /** Keeps what must not lie open, sealed and outside the database. */
  vault: Vault;
  /** Whether the files of imports are kept in it. */
  keepImports: boolean;
  /** The providers that people may sign in with. */
  signIn: SignInSettings;
  /** Looks names of nodes up for several requests at once. */
  sharedPlaces: SharedPlaces;
  /** The lineage in memory; null where the database answers alone. */
  resident: ResidentLineage | null;
}

/** What one request carries to every resolver. */
export interface Context extends Omit<Services, 'db'> {
  /** Reads what the viewer may see, by row-level security too. */
  db: BoundDb;
  /** Reads all: for what the API does on its own account, such as waiting for a moment or finding a taken name. */
  beyondSight: BoundDb;
  viewer: Viewer;
  requestId: string;
  /** The caller's address, for throttling sign-in; null where there is none (a command). */
  address: string | null;
  userAgent: string | null;
  /** What the request may still ask for; null for a command. */
  allowance: Allowance | null;
  loaders: Loaders<Context>;
  load<K, V>(of: LoaderOf<Context, K, V>, key: K): Promise<V>;
  /** What `load` has answered already; undefined where it must be asked. */
  held<K, V>(of: LoaderOf<Context, K, V>, key: K): V | undefined;
  /** The moment an answer holds for: `asked`, clamped to what has certainly committed. */
  knownOn(asked?: Date | null): Promise<Date>;
  /** Brings the lineage in memory to what had committed when the request first read of it, or after its last write. */
  caughtUp(): Promise<void>;
  /** The same request with the rights of now, by the header that it came with; an AccessRefusal where they have ended. */
  byNow(header: string | undefined): Promise<Context>;
  /** After a write: forget what was read and the moment it was read at. */
  forget(): void;
}
