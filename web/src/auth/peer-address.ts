import { subscribe } from 'node:diagnostics_channel';
import type { IncomingMessage } from 'node:http';

/**
 * Puts the address of whoever connected at the end of X-Forwarded-For, as every proxy does. Next.js itself adds it
 * only where there is no such header, so that anybody could choose the address that their guesses are counted under.
 * The API reads the list from its end, and believes no more of it than the proxies that it was told to trust.
 */
export function appendPeerAddresses(): void {
  subscribe('http.server.request.start', (message) => {
    const { request } = message as { request: IncomingMessage };
    const peer = request.socket.remoteAddress;
    if (peer === undefined) return;
    const before = request.headers['x-forwarded-for'];
    request.headers['x-forwarded-for'] = [before ?? [], peer].flat().join(', ');
  });
}
