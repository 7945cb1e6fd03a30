import type { Caller } from '../graphql/call-api.ts';

/** Whose browser sent the request; `instrumentation.ts` has put the address of the last hop at the end. */
export const callerOf = (headers: Pick<Headers, 'get'>): Caller => ({
  address: headers.get('x-forwarded-for'),
  userAgent: headers.get('user-agent'),
});
