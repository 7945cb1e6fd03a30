import type { Caller } from './session-api.ts';

/** Whose browser sent the request; `instrumentation.ts` has put the address of the last hop at the end. */
export const callerOf = (headers: Headers): Caller => ({
  address: headers.get('x-forwarded-for'),
  userAgent: headers.get('user-agent'),
});
