// A provider whose word is taken, and people who signed in here by a password.
import type { GithubSettings } from '../../../api/src/access/sign-in-settings.ts';
import { type TestApi, testApi } from '../../testkit/api.ts';
import { type IdentityProvider, identityProvider } from '../../testkit/identity-provider.ts';
import { mutating } from '../../testkit/mutate.ts';

export const NOBODY = { kind: 'anonymous' } as const;
const password = 'a password to sign in with';

export interface ProviderWorld {
  api: TestApi;
  provider: IdentityProvider;
  /** The access token of somebody new who has signed in by a password. */
  signedIn(): Promise<string>;
  /** What linkIdentity answers to the person of an access token. */
  linking(token: string, sub: string, changed?: Record<string, unknown>): Promise<{ __typename: string }>;
  /** What signing in by the provider answers. */
  // biome-ignore lint/suspicious/noExplicitAny: the shape is the mutation's, below
  byProvider(sub: string, more?: Record<string, unknown>): Promise<any>;
  close(): Promise<void>;
}

export async function providerWorld(
  more: { domains?: readonly string[]; github?: GithubSettings } = {},
): Promise<ProviderWorld> {
  const provider = await identityProvider();
  const { issuer, clientId } = provider;
  const { domains = [], github = null } = more;
  const api = await testApi({ signIn: { oidc: { issuer, clientId, name: 'The lab', domains }, github } });
  let people = 0;
  const idTokenOf = (sub: string, claims = {}) =>
    provider.token({ sub, jti: String(Math.random()), ...claims });
  return {
    api,
    provider,
    async signedIn() {
      people += 1;
      const email = `person-${people}@example.org`;
      const invite = mutating(api, await api.person('ADMINISTRATOR'));
      const { token } = await invite('inviteMember', { role: 'REPORTER' }, 'token');
      await mutating(api, NOBODY)('acceptInvitation', { token, name: email, email, password });
      const { data } = await api.anonymous(
        `mutation ($input: CreateSessionInput!) { createSession(input: $input) {
           ... on CreateSessionSuccess { session { accessToken } } } }`,
        { input: { email, password } },
      );
      return data.createSession.session.accessToken;
    },
    async linking(token, sub, changed = {}) {
      const input = { provider: 'oidc', idToken: await idTokenOf(sub), nonce: provider.nonce, ...changed };
      return mutating(api, await api.withToken(token))('linkIdentity', input, 'issuer');
    },
    async byProvider(sub, { claims, ...more }: { claims?: object; [field: string]: unknown } = {}) {
      const { data } = await api.anonymous(
        `mutation ($input: CreateSessionFromProviderInput!) { createSessionFromProvider(input: $input) {
           __typename ... on CreateSessionSuccess { session { accessToken actor { id } } }
           ... on ConflictError { message path } } }`,
        {
          input: { provider: 'oidc', idToken: await idTokenOf(sub, claims), nonce: provider.nonce, ...more },
        },
      );
      return data.createSessionFromProvider;
    },
    async close() {
      await api.close();
      await provider.close();
    },
  };
}
