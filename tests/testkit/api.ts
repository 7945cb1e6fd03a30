import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type GraphQLSchema, graphql } from 'graphql';
import { insertActor } from '../../api/src/access/access.store.ts';
import { authenticate } from '../../api/src/access/authenticate.ts';
import type { SignInSettings } from '../../api/src/access/sign-in-settings.ts';
import {
  ANONYMOUS,
  type Principal,
  ROLE_SCOPES,
  type Role,
  type Scope,
  type Viewer,
} from '../../api/src/access/viewer.ts';
import type { Services } from '../../api/src/context.ts';
import { buildSchema } from '../../api/src/graphql/schema.ts';
import { type Db, openDatabase } from '../../api/src/platform/database.ts';
import { requestContext } from '../../api/src/request-context.ts';
import { formatError } from '../../api/src/server.ts';
import { openServices } from '../../api/src/services.ts';
import { freshDatabase } from './database.ts';

export interface Answer {
  // Tests read answers by path and compare; a wrong path gives undefined and fails there.
  // biome-ignore lint/suspicious/noExplicitAny: the shape is the query's, written beside the expectation
  data: any;
  errors: { message: string; code: string | undefined }[];
  /** The statements that the database ran for this operation. */
  statements: string[];
}

export interface TestApi {
  services: Services;
  /** The database as its owner sees it, past every policy: for a test to look into or to arrange. */
  records: Db;
  /** As the API speaks to it, for a second one on the same database. */
  databaseUrl: string;
  as(
    viewer: Viewer,
    from?: { address?: string; userAgent?: string },
  ): (query: string, variables?: Record<string, unknown>) => Promise<Answer>;
  anonymous(query: string, variables?: Record<string, unknown>): Promise<Answer>;
  /** Adds a person of this role to the common team. */
  person(role: Role, scopes?: readonly Scope[]): Promise<Principal>;
  withToken(token: string): Promise<Viewer>;
  close(): Promise<void>;
  /** Closes it and leaves its database behind, for others to be copied from. */
  keep(): Promise<KeptApi>;
}

/** What is left of an API whose database was kept. */
export interface KeptApi {
  database: string;
  /** How many people `person` added. */
  people: number;
}

const LINEAGE_MEMORY = 256 * 1024 ** 2;

interface TestApiOptions {
  signIn?: SignInSettings;
  /** How much memory the lineage may take; 0 for tests that look at the statements that answer it instead. */
  lineageMemory?: number;
  /** What its database is a copy of; an empty one unless told. */
  copyOf?: KeptApi;
}

let built: GraphQLSchema | undefined;

/** An API over a database of its own: GraphQL in, JSON out, without a socket. */
export async function testApi({ copyOf, ...options }: TestApiOptions = {}): Promise<TestApi> {
  const database = await freshDatabase(copyOf?.database);
  const dataFolder = await mkdtemp(join(tmpdir(), 'headwater-api-'));
  const ran: string[] = [];
  const services = await openServices({
    databaseUrl: database.appUrl,
    dataFolder,
    poolSize: 4,
    lineageMemory: LINEAGE_MEMORY,
    preparedStatements: 200,
    ...options,
    onStatement: (sql) => ran.push(sql),
  });
  await services.resident?.ready();
  const records = openDatabase(database.url, { poolSize: 2 });
  built ??= buildSchema();
  const schema = built;
  let people = copyOf?.people ?? 0;
  const disconnect = async () => {
    await services.close();
    await records.close();
    await rm(dataFolder, { recursive: true, force: true });
  };
  const api: TestApi = {
    services,
    records,
    databaseUrl: database.appUrl,
    as: (viewer, from) => async (source, variableValues) => {
      const before = ran.length;
      const result = await graphql({
        schema,
        source,
        variableValues: variableValues ?? {},
        contextValue: requestContext(services, viewer, from),
      });
      const errors = (result.errors ?? []).map((error) => {
        const formatted = formatError(error.toJSON(), error);
        return { message: formatted.message, code: formatted.extensions?.code as string | undefined };
      });
      return {
        data: result.data === undefined ? null : JSON.parse(JSON.stringify(result.data)),
        errors,
        statements: ran.slice(before),
      };
    },
    anonymous: (query, variables) => api.as(ANONYMOUS)(query, variables),
    async person(role, scopes = ROLE_SCOPES[role]) {
      people += 1;
      const name = `Person ${people}`;
      const { actorId, teamId } = await insertActor(services.db, { kind: 'PERSON', name, email: null, role });
      return {
        kind: 'principal',
        actorId,
        actorKind: 'PERSON',
        name,
        role,
        teamIds: [teamId],
        scopes: new Set(scopes),
        sessionId: null,
        tokenId: null,
      };
    },
    withToken: (token) => authenticate(services, `Bearer ${token}`),
    async close() {
      await disconnect();
      await database.drop();
    },
    async keep() {
      await disconnect();
      return { database: database.name, people };
    },
  };
  return api;
}
