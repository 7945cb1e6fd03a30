import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type RunningApi, startApi } from '../../../api/src/server.ts';
import { type TestApi, testApi } from '../../testkit/api.ts';
import { soakTokens } from '../../testkit/soak-tokens.ts';

describe('a token that is forged, expired, truncated, revoked, or of another scope', () => {
  let api: TestApi;
  let running: RunningApi;

  beforeAll(async () => {
    api = await testApi();
    running = await startApi({ services: api.services, host: '127.0.0.1', port: 0 });
  });
  afterAll(async () => {
    await running.close();
    await api.close();
  });

  it('is accepted in none of 10,000 cases, and records nothing', { timeout: 120_000 }, async () => {
    const { services, records } = api;
    const soaked = await soakTokens({ services, records, url: running.url, count: 10_000, seed: 1 });
    expect(soaked).toEqual({ checked: 10_000, overHttp: expect.any(Number), kinds: 22, accepted: [] });
    expect(soaked.overHttp).toBeGreaterThan(400);
    expect(await records.incident.count()).toBe(0);
  });
});
