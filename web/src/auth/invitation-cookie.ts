/** Takes the secret of an invitation along to a provider and back; sent to the sign-in routes and nowhere else. */
export const INVITATION_COOKIE = 'headwater.invitation';

const MINUTES = 15;

export function holdInvitation(token: string): void {
  writeCookie(token, MINUTES * 60);
}

/** Signing in otherwise accepts no invitation that was left half-way. */
export function forgetInvitation(): void {
  writeCookie('', 0);
}

function writeCookie(value: string, seconds: number): void {
  const secure = window.location.protocol === 'https:' ? '; secure' : '';
  // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is not in every browser yet
  document.cookie = `${INVITATION_COOKIE}=${value}; path=/api/auth; max-age=${seconds}; samesite=lax${secure}`;
}
