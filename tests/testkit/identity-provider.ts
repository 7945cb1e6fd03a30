import { randomBytes } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type CryptoKey, exportJWK, generateKeyPair, type JWTPayload, SignJWT } from 'jose';

/** A provider that publishes a key and says what a test makes it say. */
export interface IdentityProvider {
  issuer: string;
  clientId: string;
  nonce: string;
  /** An ID token as it should be, but for the claims, key or header given. */
  token(
    claims?: JWTPayload,
    changed?: { key?: CryptoKey; kid?: string; expiresIn?: string },
  ): Promise<string>;
  /** What the userinfo endpoint answers, by access token. */
  userInfo: Map<string, Record<string, unknown>>;
  close(): Promise<void>;
}

export const newKey = async (): Promise<{ privateKey: CryptoKey; publicKey: CryptoKey }> =>
  generateKeyPair('RS256', { extractable: true });

export async function identityProvider(): Promise<IdentityProvider> {
  const { privateKey, publicKey } = await newKey();
  const jwk = { ...(await exportJWK(publicKey)), kid: 'first', alg: 'RS256', use: 'sig' };
  const userInfo: IdentityProvider['userInfo'] = new Map();
  const server = createServer((request, response) => {
    const asked = userInfo.get(request.headers.authorization?.replace('Bearer ', '') ?? '');
    const answers: Record<string, unknown> = {
      '/.well-known/openid-configuration': {
        issuer,
        jwks_uri: `${issuer}/jwks`,
        userinfo_endpoint: `${issuer}/userinfo`,
      },
      '/jwks': { keys: [jwk] },
      '/userinfo': asked,
    };
    const answer = answers[request.url ?? ''];
    response.writeHead(answer === undefined ? 404 : 200, { 'content-type': 'application/json' });
    response.end(JSON.stringify(answer ?? {}));
  });
  const issuer = await listening(server);
  const clientId = 'headwater';
  const nonce = 'a nonce long enough to guess nothing';
  return {
    issuer,
    clientId,
    nonce,
    userInfo,
    async token(claims = {}, { key = privateKey, kid = 'first', expiresIn = '5 minutes' } = {}) {
      const payload = { iss: issuer, aud: clientId, sub: 'somebody', nonce, ...claims };
      const signed = new SignJWT(payload).setProtectedHeader({ alg: 'RS256', kid });
      if (claims.iat === undefined) signed.setIssuedAt();
      if (claims.exp === undefined) signed.setExpirationTime(expiresIn);
      return signed.sign(key);
    },
    close: () => closed(server),
  };
}

/** GitHub, as far as signing in needs it: tokens by app, and whose they are. */
export interface FakeGithub {
  url: string;
  tokens: Map<string, { clientId: string; id: number; login: string; email: string | null }>;
  /** Who is signed in there when a browser comes to be led back: their token is made as the code is exchanged. */
  visitor: { id: number; login: string; email: string | null } | null;
  close(): Promise<void>;
}

export async function fakeGithub(app: { clientId: string; clientSecret: string }): Promise<FakeGithub> {
  const tokens: FakeGithub['tokens'] = new Map();
  const basic = `Basic ${Buffer.from(`${app.clientId}:${app.clientSecret}`).toString('base64')}`;
  const server = createServer(async (request, response) => {
    let body = '';
    for await (const chunk of request) body += String(chunk);
    const answer = (status: number, json?: unknown) => {
      response.writeHead(status, { 'content-type': 'application/json' });
      response.end(json === undefined ? '' : JSON.stringify(json));
    };
    const { authorization = '' } = request.headers;
    const asked = new URL(request.url ?? '/', 'http://fake.invalid');
    if (asked.pathname === '/login/oauth/authorize') {
      const back = new URL(asked.searchParams.get('redirect_uri') ?? '');
      back.searchParams.set('code', 'a-code');
      back.searchParams.set('state', asked.searchParams.get('state') ?? '');
      back.searchParams.set('iss', `${github.url}/login/oauth`);
      response.writeHead(302, { location: back.href });
      return response.end();
    }
    if (asked.pathname === '/login/oauth/access_token' && github.visitor !== null) {
      const made = `gho_${randomBytes(12).toString('hex')}`;
      tokens.set(made, { ...github.visitor, clientId: app.clientId });
      return answer(200, { access_token: made, token_type: 'bearer', scope: 'read:user,user:email' });
    }
    if (request.url === '/api/v3/user/emails') {
      const token = tokens.get(authorization.replace('Bearer ', ''));
      if (token === undefined) return answer(401, {});
      return answer(200, token.email ? [{ email: token.email, primary: true, verified: true }] : []);
    }
    if (request.url !== `/api/v3/applications/${app.clientId}/token`) return answer(404, {});
    if (authorization !== basic) return answer(401, {});
    const { access_token: given } = JSON.parse(body) as { access_token: string };
    const token = tokens.get(given);
    // As GitHub does: a token of another app is as unknown as one that never was.
    if (token === undefined || token.clientId !== app.clientId) return answer(404, {});
    if (request.method === 'DELETE') {
      tokens.delete(given);
      return answer(204);
    }
    return answer(200, { app: { client_id: token.clientId }, user: { id: token.id, login: token.login } });
  });
  const github: FakeGithub = {
    url: await listening(server),
    tokens,
    visitor: null,
    close: () => closed(server),
  };
  return github;
}

function listening(server: Server): Promise<string> {
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => {
      resolve(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
    });
  });
}

function closed(server: Server): Promise<void> {
  server.closeAllConnections();
  return new Promise((resolve) => server.close(() => resolve()));
}
