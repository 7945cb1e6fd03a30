import type { Server } from 'node:http';
import type { Socket } from 'node:net';
import { clientAddress, networkOf, type TrustedProxies } from './client-address.ts';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;

/** Bounds what one connection may hold on to. Bodies of GraphQL have a shorter bound of their own. */
export function boundConnections(server: Server, trusted: TrustedProxies): void {
  server.headersTimeout = 15 * SECOND;
  // A log of two gigabytes may come in over a slow line.
  server.requestTimeout = 60 * MINUTE;
  server.keepAliveTimeout = 10 * SECOND;
  // Nothing either way: an import is read while its sender waits in silence.
  server.setTimeout(15 * MINUTE);
  server.maxHeadersCount = 100;
  server.maxRequestsPerSocket = 10_000;
  server.maxConnections = 2_000;
  boundEach(server, trusted);
}

/** Connections of one network at once: far more than a browser or a tool opens, and no great part of all. */
export const CONNECTIONS_OF_ONE = 200;

/** Takes no more connections of one network than these; a proxy of ours has those of everybody. */
function boundEach(server: Server, trusted: TrustedProxies): void {
  const open = new Map<string, number>();
  server.on('connection', (socket: Socket) => {
    const address = clientAddress({ socket, headers: {} }, trusted);
    if (address === null || trusted(address)) return;
    const network = networkOf(address);
    const count = open.get(network) ?? 0;
    if (count >= CONNECTIONS_OF_ONE) {
      socket.destroy();
      return;
    }
    open.set(network, count + 1);
    socket.once('close', () => {
      const left = open.get(network)! - 1;
      if (left === 0) open.delete(network);
      else open.set(network, left);
    });
  });
}
