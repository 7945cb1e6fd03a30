import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { freePort } from '../../api/src/platform/embedded-postgres.ts';
import { type FreshDatabase, freshDatabase } from '../testkit/database.ts';
import { relayTo } from '../testkit/relay.ts';
import { headwater } from './headwater.ts';

let database: FreshDatabase;
let parent: string;

beforeAll(async () => {
  database = await freshDatabase();
  parent = mkdtempSync(join(tmpdir(), 'headwater-silent-'));
});
afterAll(async () => {
  await database.drop();
  rmSync(parent, { recursive: true, force: true });
});

describe('a start on a database that takes the connection and says nothing more', () => {
  it.each([
    ['before it has let anybody in', /./s],
    ['when it is asked for its version', /show server_version_num/],
  ])('ends in one sentence: %s', async (_, silentAt) => {
    const relay = await relayTo(database.url, { silentAt });
    try {
      const ended = await headwater(['start'], {
        HEADWATER_DATA: join(parent, 'data'),
        DATABASE_URL: relay.url,
        PORT: String(await freePort()),
        API_PORT: String(await freePort()),
      });
      expect(ended.err).toMatch(
        /^The database at 127\.0\.0\.1:\d+ has not answered for 10 seconds; check it, and DATABASE_URL\.\n$/,
      );
      expect(ended.code).toBe(1);
    } finally {
      await relay.close();
    }
  });
});
