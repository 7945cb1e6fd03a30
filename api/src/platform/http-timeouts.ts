import type { Server } from 'node:http';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;

/** Bounds what one connection may hold on to. Bodies of GraphQL have a shorter bound of their own. */
export function boundConnections(server: Server): void {
  server.headersTimeout = 15 * SECOND;
  // A log of two gigabytes may come in over a slow line.
  server.requestTimeout = 60 * MINUTE;
  server.keepAliveTimeout = 10 * SECOND;
  // Nothing either way: an import is read while its sender waits in silence.
  server.setTimeout(15 * MINUTE);
  server.maxHeadersCount = 100;
  server.maxRequestsPerSocket = 10_000;
  server.maxConnections = 2_000;
}
