import type { AuthOptions } from 'next-auth';
import CredentialsProvider from 'next-auth/providers/credentials';
import { createSession, revokeSession } from './session-api.ts';
import {
  type HeldSession,
  openSession,
  sealSession,
  sessionCookieName,
  sessionCookieOptions,
} from './session-cookie.ts';

/**
 * NextAuth carries the sign-in form to the API and keeps what the API gave in its encrypted cookie.
 * It issues nothing itself, and tells the browser the name and role alone.
 */
export const authOptions = (address?: string): AuthOptions => ({
  pages: { signIn: '/sign-in', error: '/sign-in' },
  session: { strategy: 'jwt', maxAge: 30 * 24 * 60 * 60 },
  cookies: { sessionToken: { name: sessionCookieName(), options: sessionCookieOptions() } },
  // The cookie's own lifetime may outlast the API's session; what is inside says when it ends.
  jwt: {
    encode: ({ token }) => sealSession(token as HeldSession),
    decode: ({ token }) => openSession(token),
  },
  providers: [
    CredentialsProvider({
      credentials: { email: { type: 'email' }, password: { type: 'password' } },
      async authorize(credentials) {
        const email = credentials?.email.trim() ?? '';
        const outcome = await createSession(email, credentials?.password ?? '', address);
        if ('failure' in outcome) throw new Error(outcome.failure);
        return { id: outcome.session.handle, held: outcome.session };
      },
    }),
  ],
  callbacks: {
    jwt: ({ token, user }) => (user && 'held' in user ? (user.held as HeldSession) : token),
    session: ({ session, token }) => ({
      expires: session.expires,
      user: { name: token.name, role: (token as HeldSession).role },
    }),
  },
  events: {
    async signOut({ token }) {
      if (token) await revokeSession((token as HeldSession).accessToken);
    },
  },
});
