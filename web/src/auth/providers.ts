import type { OAuthConfig } from 'next-auth/providers/oauth';

/** What NextAuth fetches of a provider, and the API checks: its tokens, and the nonce they were asked for with. */
export interface ProviderTokens {
  idToken: string | null;
  nonce: string | null;
  accessToken: string | null;
}

const env = (name: string): string | undefined => process.env[name] || undefined;

// The profile is the API's business: NextAuth only wants an id, which nothing here relies on.
const nobody = () => ({ id: 'as the API says' });

/**
 * The providers that the installation is set up with. NextAuth leads the browser there and back, guards that with
 * state, PKCE and a nonce, and exchanges the code; whose account it is, and whether at all, is for the API to say.
 */
export function oauthProviders(): OAuthConfig<object>[] {
  const providers: OAuthConfig<object>[] = [];
  const issuer = env('HEADWATER_OIDC_ISSUER');
  const clientId = env('HEADWATER_OIDC_CLIENT_ID');
  if (issuer && clientId) providers.push(openIdConnect(issuer, clientId));
  const githubId = env('HEADWATER_GITHUB_CLIENT_ID');
  const githubSecret = env('HEADWATER_GITHUB_CLIENT_SECRET');
  if (githubId && githubSecret) providers.push(github(githubId, githubSecret));
  return providers;
}

function openIdConnect(issuer: string, clientId: string): OAuthConfig<object> {
  const clientSecret = env('HEADWATER_OIDC_CLIENT_SECRET');
  return {
    id: 'oidc',
    name: 'OpenID Connect',
    type: 'oauth',
    wellKnown: `${issuer.replace(/\/+$/, '')}/.well-known/openid-configuration`,
    issuer,
    clientId,
    ...(clientSecret ? { clientSecret } : { client: { token_endpoint_auth_method: 'none' } }),
    authorization: { params: { scope: 'openid email profile' } },
    idToken: true,
    checks: ['pkce', 'state', 'nonce'],
    token: {
      async request({ client, params, checks, provider }) {
        const tokens = await client.callback(provider.callbackUrl, params, checks);
        // Handed on beside the ID token, for the API to compare. NextAuth's types leave it out.
        return { tokens: { ...tokens, nonce: (checks as { nonce?: string }).nonce } };
      },
    },
    profile: nobody,
  };
}

function github(clientId: string, clientSecret: string): OAuthConfig<object> {
  const url = (env('HEADWATER_GITHUB_URL') ?? 'https://github.com').replace(/\/+$/, '');
  return {
    id: 'github',
    name: 'GitHub',
    type: 'oauth',
    // As GitHub names itself in the `iss` that it sends back with the code.
    issuer: `${url}/login/oauth`,
    clientId,
    clientSecret,
    authorization: { url: `${url}/login/oauth/authorize`, params: { scope: 'read:user user:email' } },
    token: `${url}/login/oauth/access_token`,
    userinfo: { url: `${url}/user`, request: () => ({}) },
    checks: ['pkce', 'state'],
    profile: nobody,
  };
}

/** The tokens in what NextAuth calls the account. */
export function tokensOf(account: Record<string, unknown>): ProviderTokens {
  const text = (value: unknown) => (typeof value === 'string' ? value : null);
  return {
    idToken: text(account.id_token),
    nonce: text(account.nonce),
    accessToken: text(account.access_token),
  };
}
