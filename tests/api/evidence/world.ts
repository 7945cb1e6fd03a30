// An API on a socket, people of two teams, and what it takes to send files to it and to look where they are kept.

import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'vitest';
import { createApiToken } from '../../../api/src/access/api-tokens.ts';
import type { Principal, Scope, Viewer } from '../../../api/src/access/viewer.ts';
import type { Services } from '../../../api/src/context.ts';
import type { Db } from '../../../api/src/platform/database.ts';
import { type RunningApi, startApi } from '../../../api/src/server.ts';
import { type TestApi, testApi } from '../../testkit/api.ts';
import { inAnotherTeam } from '../../testkit/in-teams.ts';
import { incident, mutate, rows } from '../incident/world.ts';

export const LARGEST = 400_000;

export const sha256 = (bytes: string | Uint8Array) => createHash('sha256').update(bytes).digest('hex');

export interface Sending {
  incident?: string;
  kind?: string;
  sensitivity?: string;
  visibility?: string;
  headers?: Record<string, string>;
}

interface Sent {
  status: number;
  // biome-ignore lint/suspicious/noExplicitAny: the answer's shape is written beside the expectation
  answer: any;
}

export interface EvidenceWorld {
  api: TestApi;
  services: Services;
  url: string;
  reporter: Principal;
  reporterToken: string;
  /** Of another team. */
  stranger: Principal;
  strangerToken: string;
  /** An incident that every member sees, filed by the reporter. */
  incident: string;
  tokenOf(by: Principal, scopes?: readonly Scope[]): Promise<string>;
  send(body: string | Uint8Array, sending?: Sending, token?: string): Promise<Sent>;
  /** Sends a file that has to be taken, and answers its id. */
  added(body: string | Uint8Array, sending?: Sending, token?: string): Promise<string>;
  get(path: string, token?: string | null, method?: string): Promise<Response>;
  // biome-ignore lint/suspicious/noExplicitAny: the shape is the mutation's
  run(as: Viewer, mutation: string, input: object, fields: string): Promise<any>;
  // biome-ignore lint/suspicious/noExplicitAny: the shape is the query's
  ask(as: Viewer, query: string, variables?: Record<string, unknown>): Promise<any>;
  filed(title: string, more?: object): Promise<{ ref: string; key: string }>;
  /** The files under which evidence is kept, those that are being written too. */
  kept(): Promise<string[]>;
  /** How many pieces of evidence and sealed objects are recorded. */
  recorded(): Promise<[number, number]>;
  close(): Promise<void>;
}

const READING: readonly Scope[] = ['read', 'write:incidents'];

export async function evidenceWorld(
  more: { services?: (own: Services, records: Db) => Services } = {},
): Promise<EvidenceWorld> {
  const api = await testApi();
  const services = more.services?.(api.services, api.records) ?? api.services;
  const server: RunningApi = await startApi({
    services,
    host: '127.0.0.1',
    port: 0,
    largestEvidence: LARGEST,
  });
  const reporter = await api.person('REPORTER');
  const stranger = await inAnotherTeam(api.records, await api.person('REPORTER'));
  const world: EvidenceWorld = {
    api,
    services,
    url: server.url,
    reporter,
    reporterToken: await tokenOf(api, reporter, READING),
    stranger,
    strangerToken: await tokenOf(api, stranger, READING),
    incident: '',
    tokenOf: (by, scopes = READING) => tokenOf(api, by, scopes),
    async send(body, sending = {}, token = world.reporterToken) {
      const { headers, ...query } = sending;
      const address = new URLSearchParams({ incident: world.incident, ...query });
      const response = await fetch(`${server.url}/evidence?${address}`, {
        method: 'POST',
        headers: { ...(token === '' ? {} : { authorization: `Bearer ${token}` }), ...headers },
        body: typeof body === 'string' ? body : new Uint8Array(body),
      });
      return { status: response.status, answer: await response.json() };
    },
    async added(body, sending, token) {
      const { status, answer } = await world.send(body, sending, token);
      expect(status, JSON.stringify(answer)).toBe(201);
      return answer.id;
    },
    get: (path, token = world.reporterToken, method = 'GET') =>
      fetch(`${server.url}/evidence/${path}`, {
        method,
        headers: token === null ? {} : { authorization: `Bearer ${token}` },
      }),
    async run(as, mutation, input, fields) {
      const { data, errors } = await mutate(api, as, mutation, input, fields);
      expect(errors).toEqual([]);
      return data.result;
    },
    async ask(as, query, variables) {
      const { data, errors } = await api.as(as)(query, variables);
      expect(errors).toEqual([]);
      return data;
    },
    async filed(title, options = {}) {
      const made = await world.run(
        reporter,
        'fileIncident',
        incident(title, { visibility: 'MEMBERS', ...options }),
        'incident { ref key }',
      );
      expect(made.__typename, JSON.stringify(made)).toBe('FileIncidentSuccess');
      return made.incident;
    },
    async kept() {
      const entries = await readdir(join(services.dataFolder, 'evidence'), {
        recursive: true,
        withFileTypes: true,
      }).catch(() => []);
      return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
    },
    recorded: async () => [await rows(api, 'evidence'), await rows(api, 'sealed_object')],
    async close() {
      await server.close();
      await api.close();
    },
  };
  world.incident = (await world.filed('Seen in the open')).ref;
  return world;
}

async function tokenOf(api: TestApi, by: Principal, scopes: readonly Scope[]): Promise<string> {
  const teamId = by.teamIds[0]!;
  const made = await api.services.db.$transaction((tx) =>
    createApiToken({ tx, by, teamId, context: api.services }, { name: 'tool', scopes }),
  );
  return made.token;
}

/** Everything that the database holds, as text: every column of every row, bytes in hexadecimal. */
export async function everythingRecorded(api: TestApi): Promise<string> {
  const db = api.records;
  const tables = await db.$queryRawUnsafe<{ name: string }[]>(
    `select relname as name from pg_class where relnamespace = current_schema()::regnamespace and relkind = 'r'`,
  );
  const texts: string[] = [];
  for (const { name } of tables) {
    const found = await db.$queryRawUnsafe<{ row: string }[]>(`select t::text as row from "${name}" t`);
    texts.push(...found.map(({ row }) => row));
  }
  return texts.join('\n');
}

export async function bytesOf(paths: readonly string[]): Promise<Buffer> {
  return Buffer.concat(await Promise.all(paths.map((path) => readFile(path))));
}
