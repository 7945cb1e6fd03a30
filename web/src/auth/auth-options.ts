import type { AuthOptions } from 'next-auth';
import { decode, encode } from 'next-auth/jwt';
import CredentialsProvider from 'next-auth/providers/credentials';
import type { Caller } from '../graphql/call-api.ts';
import { paths } from '../navigation/paths.ts';
import { oauthProviders, tokensOf } from './providers.ts';
import { createSession, createSessionFromProvider, linkIdentity } from './session-api.ts';
import {
  type HeldSession,
  openSession,
  SESSION_COOKIE_SECONDS,
  sealSession,
  sessionCookieName,
  sessionCookieOptions,
} from './session-cookie.ts';

/**
 * NextAuth carries the sign-in form, or what a provider gave, to the API and keeps what the API gave in its
 * encrypted cookie. It issues nothing itself, and tells the browser the name and role alone.
 * `invitation` is the secret of the invitation that is being accepted, where one is; `link` is the provider that
 * whoever is signed in is linking, with their session, which stays as it is whatever comes of that.
 */
export const authOptions = (
  caller: Caller,
  invitation: string | null = null,
  link: { provider: string; session: HeldSession } | null = null,
): AuthOptions => ({
  pages: link ? { signIn: '/account', error: '/account' } : { signIn: '/sign-in', error: '/sign-in' },
  session: { strategy: 'jwt', maxAge: SESSION_COOKIE_SECONDS },
  cookies: { sessionToken: { name: sessionCookieName(), options: sessionCookieOptions() } },
  // What is in the cookie says when the session ends.
  // NextAuth seals its state, nonce and PKCE verifier by the same two, each under a salt of its own.
  jwt: {
    encode: (params) => (params.salt ? encode(params) : sealSession(params.token as HeldSession)),
    decode: (params) => (params.salt ? decode(params) : openSession(params.token)),
  },
  providers: [
    CredentialsProvider({
      credentials: { email: { type: 'email' }, password: { type: 'password' } },
      async authorize(credentials) {
        const email = credentials?.email.trim() ?? '';
        const outcome = await createSession(email, credentials?.password ?? '', caller);
        if ('failure' in outcome) throw new Error(outcome.failure);
        return { id: outcome.session.handle, held: outcome.session };
      },
    }),
    ...oauthProviders(),
  ],
  callbacks: {
    async signIn({ user, account }) {
      if (account?.type !== 'oauth') return true;
      if (link) {
        if (account.provider !== link.provider) return paths.linkFailed('LinkFailed');
        const given = { provider: account.provider, ...tokensOf(account) };
        const failure = await linkIdentity(given, link.session.accessToken, caller);
        return failure ? paths.linkFailed(failure) : paths.linked(account.provider);
      }
      const given = { provider: account.provider, ...tokensOf(account), invitation };
      const outcome = await createSessionFromProvider(given, caller);
      if ('failure' in outcome) return paths.signInFailed(outcome.failure);
      Object.assign(user, { held: outcome.session });
      return true;
    },
    jwt: ({ token, user }) => (user && 'held' in user ? (user.held as HeldSession) : token),
    session: ({ session, token }) => ({
      expires: session.expires,
      user: { name: token.name, role: (token as HeldSession).role },
    }),
  },
});
