import { type ChildProcess, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { ensureFirstAdministrator } from '../../../api/src/access/first-administrator.ts';
import { openServices } from '../../../api/src/services.ts';
import { type FreshDatabase, freshDatabase } from '../../testkit/database.ts';
import { freePorts } from '../../testkit/free-ports.ts';
import {
  type FakeGithub,
  fakeGithub,
  type IdentityProvider,
  identityProvider,
} from '../../testkit/identity-provider.ts';
import { TOKEN_KEY } from '../../testkit/token-key.ts';

const ROOT = fileURLToPath(new URL('../../..', import.meta.url));
const app = { clientId: 'headwater-app', clientSecret: 'the-secret-of-the-app-at-github' };
const account = { email: 'first@example.org', password: 'correct horse battery staple' };
const UP_MS = 60_000;

let database: FreshDatabase;
let owner: pg.Client;
let provider: IdentityProvider;
let github: FakeGithub;
let api: ChildProcess;
let url: string;
let dataFolder: string;
let printed = '';
/** Everything that must be found nowhere, by what it is. */
const secrets = new Map<string, string>();

const secret = (what: string, value: string): string => {
  expect(value.length).toBeGreaterThanOrEqual(16);
  secrets.set(what, value);
  return value;
};

// The API as a process of its own that logs all it can, because what it prints is the question.
beforeAll(async () => {
  [database, provider, github] = await Promise.all([freshDatabase(), identityProvider(), fakeGithub(app)]);
  dataFolder = await mkdtemp(join(tmpdir(), 'headwater-secrets-'));
  owner = new pg.Client({ connectionString: database.url });
  await owner.connect();
  const services = await openServices({ databaseUrl: database.appUrl, dataFolder: '', tokenKey: TOKEN_KEY });
  await ensureFirstAdministrator(services.db, account);
  await services.close();
  const [port] = await freePorts(1);
  url = `http://127.0.0.1:${port}`;
  api = spawn(process.execPath, ['--import', 'tsx', 'api/src/main.ts'], {
    cwd: ROOT,
    env: {
      ...process.env,
      DATABASE_URL: database.appUrl,
      API_PORT: String(port),
      HEADWATER_DATA: dataFolder,
      HEADWATER_TOKEN_KEY: secret('key of tokens', Buffer.from(TOKEN_KEY).toString('base64')),
      HEADWATER_LOG_LEVEL: 'trace',
      HEADWATER_OIDC_ISSUER: provider.issuer,
      HEADWATER_OIDC_CLIENT_ID: provider.clientId,
      HEADWATER_GITHUB_URL: github.url,
      HEADWATER_GITHUB_CLIENT_ID: app.clientId,
      HEADWATER_GITHUB_CLIENT_SECRET: app.clientSecret,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  for (const stream of [api.stdout!, api.stderr!]) {
    stream.setEncoding('utf8');
    stream.on('data', (text: string) => {
      printed += text;
    });
  }
  const deadline = Date.now() + UP_MS;
  while (!(await fetch(`${url}/readyz`).catch(() => null))?.ok) {
    if (api.exitCode !== null || Date.now() > deadline)
      throw new Error(`The API did not come up:\n${printed}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}, 90_000);
afterAll(async () => {
  await stop();
  await owner.end();
  await provider.close();
  await github.close();
  await database.drop();
  await rm(dataFolder, { recursive: true, force: true });
});

/** Ends the process; all that it printed has been read then. */
async function stop(): Promise<void> {
  if (api.exitCode !== null) return;
  const closed = once(api, 'close');
  api.kill('SIGTERM');
  await closed;
}

async function send(body: unknown, token?: string, more: Record<string, string> = {}) {
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      ...(token && { authorization: `Bearer ${token}` }),
      ...more,
    },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
  // biome-ignore lint/suspicious/noExplicitAny: the shape is the query's, written beside the expectation
  return (await response.json()) as any;
}

/** Calls a mutation; answers the member of the union. */
async function call(name: string, input: Record<string, unknown>, success: string, token?: string) {
  const type = `${name.charAt(0).toUpperCase()}${name.slice(1)}`;
  const successType = /^(create|renew)Session/.test(name) ? 'CreateSessionSuccess' : `${type}Success`;
  const query = `mutation ($input: ${type}Input!) { result: ${name}(input: $input) { __typename ... on ${successType} { ${success} } } }`;
  const answer = await send({ query, variables: { input } }, token);
  return answer.data?.result ?? answer.errors[0];
}

const SESSION = 'session { handle accessToken }';
const keep = (what: string, session: { handle: string; accessToken: string }) => {
  secret(`handle of ${what}`, session.handle);
  return secret(`access token of ${what}`, session.accessToken);
};

it('lets people and tools sign in, rightly and wrongly, and gives and takes every kind of secret', async () => {
  secret('password', account.password);
  secret("GitHub's secret", app.clientSecret);
  const signedIn = await call('createSession', account, SESSION);
  const administrator = keep('the first session', signedIn.session);
  keep(
    'the renewed session',
    (await call('renewSession', { handle: signedIn.session.handle }, SESSION)).session,
  );
  const wrong = secret('wrong password', 'not at all the right password');
  expect((await call('createSession', { ...account, password: wrong }, SESSION)).__typename).toBe(
    'InputError',
  );

  const invite = () => call('inviteMember', { role: 'REPORTER' }, 'token', administrator);
  const invitation = secret('invitation', (await invite()).token);
  const password = secret('password of whoever joined', 'the password of whoever joined');
  const email = 'joined@example.org';
  const joined = await call(
    'acceptInvitation',
    { token: invitation, name: 'Joined', email, password },
    'actor { id }',
    undefined,
  );
  expect(joined.__typename).toBe('AcceptInvitationSuccess');
  secret('open invitation', (await invite()).token);

  const reset = await call('createPasswordReset', { member: joined.actor.id }, 'token', administrator);
  const set = secret('password by a link', 'a password that was set by a link');
  const done = await call('resetPassword', { token: secret('reset', reset.token), password: set }, 'revoked');
  expect(done.__typename).toBe('ResetPasswordSuccess');
  const member = keep(
    'whoever joined',
    (await call('createSession', { email, password: set }, SESSION)).session,
  );
  const newPassword = secret('changed password', 'a password changed at the account page');
  const changed = await call('changePassword', { currentPassword: set, newPassword }, 'revoked', member);
  expect(changed.__typename).toBe('ChangePasswordSuccess');

  const made = await call('createApiToken', { name: 'tool', scopes: ['read'] }, 'token', administrator);
  const tool = secret('API token', made.token);
  expect((await send({ query: '{ viewer { signedIn } }' }, tool)).data.viewer.signedIn).toBe(true);

  const idToken = secret('ID token', await provider.token({ sub: 'ada', name: 'Ada' }));
  const oidc = { provider: 'oidc', idToken, nonce: secret('nonce', provider.nonce) };
  const byInvitation = { ...oidc, invitation: secret('invitation for a provider', (await invite()).token) };
  keep('ada', (await call('createSessionFromProvider', byInvitation, SESSION)).session);
  expect((await call('createSessionFromProvider', oidc, SESSION)).__typename).toBe('InputError');
  const accessToken = secret('token of GitHub', 'gho_0123456789abcdefghij');
  github.tokens.set(accessToken, { clientId: app.clientId, id: 7, login: 'octo', email: null });
  const octo = { provider: 'github', accessToken, invitation: secret('for octo', (await invite()).token) };
  keep('octo', (await call('createSessionFromProvider', octo, SESSION)).session);
});

it('fails in every way that could make it tell what it was given', async () => {
  const { password } = account;
  const token = secrets.get('API token')!;
  const NUL = '\u0000';
  const invitation = secrets.get('open invitation')!;
  const nul = { token: invitation, name: `N${NUL}`, email: 'nul@example.org', password };
  expect((await call('acceptInvitation', nul, 'email')).extensions.code).toBe('BAD_USER_INPUT');
  const malformed = `{"query": "mutation { createSession(input: { password: \\"${password}\\"`;
  for (const body of [
    malformed,
    JSON.stringify({ query: `mutation { createSession(input: { password: "${password}" }) { no } }` }),
    JSON.stringify({ query: `mutation { createSession(input: { email: 1, password: "${password}" }` }),
    JSON.stringify({
      query: 'mutation ($i: CreateSessionInput!) { createSession(input: $i) { __typename } }',
      variables: { i: { password: [password], email: { token } } },
    }),
  ])
    expect((await send(body)).errors.length).toBeGreaterThan(0);
  expect((await send({ query: '{ viewer { signedIn } }' }, `${token}x`)).errors).toHaveLength(1);
  await fetch(`${url}/import`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}` },
    body: token,
  });
  await fetch(`${url}/graphql?query=${encodeURIComponent(`{ a(token: "${token}") }`)}`);
  // A table that is gone fails in the middle of things, with all of it in hand.
  const joining = { token: invitation, name: 'Late', email: 'late@example.org', password };
  for (const [table, name, input] of [
    ['session', 'createSession', account],
    ['credential', 'createSession', account],
    ['credential', 'acceptInvitation', joining],
    ['event', 'acceptInvitation', joining],
  ] as const) {
    await owner.query(`alter table ${table} rename to gone`);
    const failed = await call(name, input, '__typename').finally(() =>
      owner.query(`alter table gone rename to ${table}`),
    );
    expect(failed.extensions.code).toBe('INTERNAL');
  }
  await expect.poll(() => printed.match(/"reference"/g)?.length, { timeout: 10_000 }).toBe(4);
});

it('leaves no secret in any column of any table, nor in what it logged, in clear, base64, hex or a bare digest', async () => {
  await stop();
  const dump = await everyRow();
  // The scan finds what is there: a part of a token that is shown, a digest that is keyed, and a planted secret.
  expect(dump).toContain(secrets.get('API token')!.slice(0, 8));
  const planted = 'a secret that is planted here';
  expect(found(planted, dump)).toEqual([]);
  await owner.query(`insert into spent_id_token values ($1, now() + interval '1 hour')`, [
    Buffer.from(planted),
  ]);
  await owner.query(`insert into team (namespace, name) values ('planted', $1)`, [
    Buffer.from(`x ${planted}`).toString('base64'),
  ]);
  expect(found(planted, await everyRow())).toEqual(['hex', 'base64']);

  expect(secrets.size).toBeGreaterThanOrEqual(23);
  const told = [...secrets].flatMap(([what, value]) => {
    // Of what has a prefix, the rest is the secret; the first characters of an API token are shown.
    const core = /^h[a-z]_/.test(value) ? value.slice(8) : value;
    return [...new Set([...found(value, dump + printed), ...found(core, dump + printed)])].map(
      (form) => `${what} in ${form}`,
    );
  });
  expect(told).toEqual([]);
});

/** Every column of every table as text, those of bytes in hex. */
async function everyRow(): Promise<string> {
  const { rows: tables } = await owner.query<{ name: string }>(
    `select relname as name from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r'`,
  );
  const parts: string[] = [];
  for (const { name } of tables) {
    const { rows } = await owner.query<{ row: string }>(`select t::text as row from "${name}" t`);
    parts.push(...rows.map((row) => row.row));
  }
  expect(tables.length).toBeGreaterThan(50);
  return parts.join('\n');
}

function found(value: string, text: string): string[] {
  const bytes = Buffer.from(value);
  const sha = createHash('sha256').update(value);
  const forms: Record<string, string[]> = {
    clear: [value, encodeURIComponent(value), JSON.stringify(value).slice(1, -1)],
    hex: [bytes.toString('hex'), bytes.toString('hex').toUpperCase()],
    base64: [...base64(bytes, 'base64'), ...base64(bytes, 'base64url')],
    'a bare digest': [sha.copy().digest('hex'), sha.copy().digest('base64')],
  };
  return Object.keys(forms).filter((form) => forms[form]!.some((one) => text.includes(one)));
}

/** However many bytes stand before it in what was encoded; the characters that it shares with others left out. */
const base64 = (bytes: Buffer, encoding: 'base64' | 'base64url') =>
  [0, 1, 2].map((before) => {
    const encoded = Buffer.concat([Buffer.alloc(before), bytes])
      .toString(encoding)
      .replace(/=+$/, '');
    return encoded.slice(before === 0 ? 0 : before + 1, -1);
  });
