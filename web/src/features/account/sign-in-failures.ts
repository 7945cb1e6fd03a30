import type { SignInFailure } from '@/auth/session-api.ts';

const UNEXPECTED = 'Signing in failed for a reason that is not yours. Try again in a moment.';

const FAILURES: Record<string, string> = {
  WrongCredentials: 'The e-mail address or the password is not right.',
  TooManyAttempts: 'Too many attempts. Wait a few minutes, then try again.',
  Unreachable: 'The Headwater API is not reachable, so nothing could be checked. Try again in a moment.',
  Failed: UNEXPECTED,
  NoAccount: 'Nobody here has this identity. Ask an administrator for an invitation.',
  IdentityUnlinked: 'This identity was unlinked from its account. Sign in another way, then link it anew.',
  InvitationGone: 'The invitation was used, was revoked or has expired. Ask for a new one.',
  InvitationForAnother:
    'The invitation is for another e-mail address than the one that the provider verified.',
  AddressTaken:
    'Somebody has an account with this address already. If it is yours, sign in to it, and link the provider there.',
  JoinedJustNow: 'This identity was joined to an account a moment ago. Sign in again.',
  AccountRefused: 'This account is disabled. An administrator can enable it.',
  ProviderFailed: 'The provider’s word could not be checked. Try again in a moment.',
} satisfies Record<SignInFailure, string>;

/** What NextAuth itself says went wrong, on the way to a provider and back. */
const OF_NEXTAUTH: Record<string, string> = {
  AccessDenied: 'The provider did not sign you in.',
  OAuthCallback: 'The provider did not sign you in. Try again.',
  OAuthSignin: 'The provider is not reachable. Try again in a moment.',
};

const DONE: Record<string, string> = {
  password: 'Your new password is set.',
  joined: 'You have joined: your account is made.',
};

/** What an address may say was done before; null for anything else. */
export const doneInWords = (done: string | null): string | null =>
  done !== null && Object.hasOwn(DONE, done) ? DONE[done]! : null;

/** What an address may say went wrong, in a sentence; nothing else of the address is shown. */
export function signInFailureInWords(code: string): string {
  for (const known of [FAILURES, OF_NEXTAUTH]) if (Object.hasOwn(known, code)) return known[code]!;
  return UNEXPECTED;
}
