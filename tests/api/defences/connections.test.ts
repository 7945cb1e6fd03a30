import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { inChange } from '../../../api/src/access/change.ts';
import { once } from '../../../api/src/access/idempotency.ts';
import { requestContext } from '../../../api/src/request-context.ts';
import { type RunningApi, startApi } from '../../../api/src/server.ts';
import { type TestApi, testApi } from '../../testkit/api.ts';

let api: TestApi;
let running: RunningApi;
beforeAll(async () => {
  api = await testApi();
  running = await startApi({ services: api.services, host: '127.0.0.1', port: 0 });
});
afterAll(async () => {
  await running?.close();
  await api?.close();
});

describe('the encoding of a body', () => {
  const statusOf = async (contentType: string) => {
    const response = await fetch(`${running.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': contentType },
      body: '{"query":"{ viewer { signedIn } }"}',
    });
    return response.status;
  };

  it.each([
    'application/json',
    'application/json; charset=utf-8',
    'application/json;charset="UTF-8"',
    'application/json; profile=x; charset=utf-8;',
  ])('is UTF-8: %s', async (contentType) => {
    expect(await statusOf(contentType)).toBe(200);
  });

  it.each([
    'application/json; charset =utf-16le',
    'application/json; charset= utf-16le',
    'application/json; x="; charset=utf-8"; charset=utf-16le',
    'application/json; charset=utf-8; charset=utf-16le',
    'application/json; charset="utf-16\\le"',
    'application/json; charset=utf-32',
  ])('is nothing else, however it is written: %s', async (contentType) => {
    expect(await statusOf(contentType)).toBe(415);
  });
});

describe('a body at a path that reads none', () => {
  /** What is answered to a body that comes a byte at a time, until the connection ends. */
  const trickled = (path: string) =>
    new Promise<string>((resolve) => {
      const socket = connect(running.port, '127.0.0.1');
      let answer = '';
      socket.on('data', (bytes) => {
        answer += bytes;
      });
      socket.write(`GET ${path} HTTP/1.1\r\nhost: x\r\ncontent-length: 100000\r\n\r\n`);
      const trickling = setInterval(() => socket.write('x'), 500);
      socket.on('error', () => {});
      socket.once('close', () => {
        clearInterval(trickling);
        resolve(answer);
      });
    });

  it('does not hold its connection for ever', { timeout: 20_000 }, async () => {
    const answers = await Promise.all(['/nowhere', '/healthz', '/readyz'].map(trickled));
    expect(answers.map((answer) => answer.slice(0, 12))).toEqual([
      'HTTP/1.1 404',
      'HTTP/1.1 200',
      'HTTP/1.1 200',
    ]);
  });
});

describe('keys of changes that are sent again', () => {
  it('go when they have run out, a few with each that is used', async () => {
    const by = await api.person('REPORTER');
    const changing = (key: string) =>
      inChange(requestContext(api.services, by), 'write:lineage', (change) =>
        once(change, 'test', key, {}, async () => ({})),
      );
    await changing('kept');
    await api.records.$executeRaw`
      insert into idempotency (actor_id, key, operation, body_digest, expires_at)
      select ${by.actorId}, 'old ' || i, 'test', '\\x00', now() - interval '1 hour' from generate_series(1, 15) as i`;
    const keys = async () =>
      (await api.records.$queryRaw<{ key: string }[]>`select key from idempotency`).map(({ key }) => key);
    await changing('second');
    expect(await keys()).toHaveLength(2 + 15 - 10);
    await changing('third');
    expect((await keys()).sort()).toEqual(['kept', 'second', 'third']);
  });
});
