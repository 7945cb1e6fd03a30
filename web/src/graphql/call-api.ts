/** Whose browser a request to the API is made for: for its budgets and its throttle, and for the list of sessions. */
export interface Caller {
  /** X-Forwarded-For with the caller's address at its end; null where it is not known. */
  address: string | null;
  /** What the caller's browser calls itself. */
  userAgent: string | null;
}

export interface ApiRequest extends Pick<RequestInit, 'method' | 'body' | 'headers' | 'signal'> {
  caller: Caller;
  accessToken?: string | null;
  /** For a body that is passed on while it comes in. */
  duplex?: 'half';
}

const apiAddress = (): string =>
  (process.env.HEADWATER_API_URL ?? 'http://127.0.0.1:4000').replace(/\/+$/, '');

/**
 * Sends one request to the API server; rejects where nobody answers. There is no other way there, and none without
 * the caller: else the API would take all who read pages of this server for one, who share one budget.
 */
export function callApi(path: string, { caller, accessToken, ...init }: ApiRequest): Promise<Response> {
  const headers = new Headers(init.headers);
  if (accessToken) headers.set('authorization', `Bearer ${accessToken}`);
  if (caller.address) headers.set('x-forwarded-for', caller.address);
  if (caller.userAgent) headers.set('user-agent', caller.userAgent);
  return fetch(`${apiAddress()}${path}`, { ...init, headers, cache: 'no-store' });
}
