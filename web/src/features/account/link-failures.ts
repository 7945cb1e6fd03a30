const FAILURES: Record<string, string> = {
  IdentityTaken: 'An account here has this identity already, so it was not linked.',
  SignInAgain: 'Sign in again first: a way to sign in is linked only soon after you did so yourself.',
  TooManyAttempts: 'Too many attempts. Wait a few minutes, then try again.',
  Unreachable: 'The Headwater API is not reachable, so nothing was linked. Try again in a moment.',
  OAuthCallback: 'The provider did not confirm who you are, so nothing was linked. Try again.',
  OAuthSignin: 'The provider is not reachable, so nothing was linked. Try again in a moment.',
};

/** What an address may say went wrong, in a sentence; nothing else of the address is shown. */
export const linkFailureInWords = (code: string): string =>
  Object.hasOwn(FAILURES, code)
    ? FAILURES[code]!
    : 'The provider’s word could not be checked, so nothing was linked. Try again in a moment.';

/** As the API has it: a session that somebody finds open is not made a way in that lasts. */
const FRESH_MS = 15 * 60_000;

/** Why nothing that lasts can be made by this session: a way to sign in, a token. */
export const whyNotFresh = (openedAt: string | undefined, now: number): string | null =>
  openedAt !== undefined && now - Date.parse(openedAt) < FRESH_MS
    ? null
    : 'Sign out and in again first: you signed in more than 15 minutes ago.';
