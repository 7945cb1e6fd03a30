import { randomBytes } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import Provider from 'oidc-provider';

export interface OidcServer {
  issuer: string;
  client: { id: string; secret: string };
  /** From then on it takes sign-ins for the web at this address. */
  serve(web: string): void;
  close(): Promise<void>;
}

/**
 * A real OpenID Connect provider on this machine, with its own login and consent pages. Whoever signs in as NAME has
 * the subject NAME and, verified, the address NAME@lab.example; the ID token holds neither, as the standard has it.
 */
export async function oidcServer(): Promise<OidcServer> {
  const client = { id: 'headwater', secret: randomBytes(24).toString('hex') };
  let provider: Provider | null = null;
  const server = createServer((request, response) => {
    if (provider === null) response.writeHead(503).end();
    else void provider.callback()(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  // By name, so that its cookies are kept apart from those of the web on the same machine.
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    issuer,
    client,
    serve(web) {
      provider = new Provider(issuer, {
        clients: [
          {
            client_id: client.id,
            client_secret: client.secret,
            redirect_uris: [`${web}/api/auth/callback/oidc`],
          },
        ],
        cookies: { keys: [randomBytes(24).toString('hex')] },
        claims: { openid: ['sub'], email: ['email', 'email_verified'], profile: ['name'] },
        features: { devInteractions: { enabled: true } },
        findAccount: (_context: unknown, sub: string) => ({
          accountId: sub,
          claims: () => ({
            sub,
            name: `${sub} of the lab`,
            email: `${sub}@lab.example`,
            email_verified: true,
          }),
        }),
      });
    },
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
