import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';

/** Passes on what is sent to a Postgres, until it falls silent; `most` connections at once, where it is stated. */
export async function relayTo(url: string, { most = Number.POSITIVE_INFINITY, silentAt = /^$/ } = {}) {
  const target = new URL(url);
  const sockets = new Set<Socket>();
  let silent = false;
  let standing = 0;
  const server = createServer((near) => {
    if (standing >= most) {
      near.destroy();
      return;
    }
    standing += 1;
    near.on('close', () => {
      standing -= 1;
    });
    near.on('data', (bytes) => {
      silent ||= silentAt.test(bytes.toString('latin1'));
    });
    const far = connect(Number(target.port), target.hostname);
    for (const [from, to] of [
      [near, far],
      [far, near],
    ] as const) {
      sockets.add(from);
      from.on('data', (bytes) => silent || to.write(bytes));
      from.on('error', () => undefined);
      from.on('close', () => to.destroy());
    }
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const relayed = new URL(url);
  relayed.port = String(typeof address === 'object' && address !== null ? address.port : 0);
  return {
    url: relayed.href,
    fallSilent() {
      silent = true;
    },
    /** New connections are passed on again. */
    speak() {
      silent = false;
    },
    async close() {
      for (const socket of sockets) socket.destroy();
      server.close();
    },
  };
}
