/** From the proxy to what is behind it: a session's cookie came with the request, and the session has ended. */
export const SESSION_ENDED = 'x-headwater-session-ended';

/** From a page that names somebody as signed in: what is public alone would be taken for all that they see. */
export const NAMES_SOMEBODY = 'x-headwater-signed-in';
