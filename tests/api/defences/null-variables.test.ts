import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { log } from '../../../api/src/platform/log.ts';
import { type RunningApi, startApi } from '../../../api/src/server.ts';
import { type TestApi, testApi } from '../../testkit/api.ts';

const SECRET = 'correct horse battery staple';

describe('a variable of null whose place has a default', () => {
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

  const documents: [string, string, string, string][] = [
    [
      'an argument',
      'query ($d: LineageDirection) { lineageNode(ref: "source:x") { lineage(direction: $d) { knownOn } } }',
      'd',
      'direction',
    ],
    ['a directive', 'query ($x: Boolean = true) { viewer @include(if: $x) { signedIn } }', 'x', 'if'],
    [
      'a field of an argument',
      'query ($d: OrderDirection) { incidents(orderBy: { field: KEY, direction: $d }) { totalCount } }',
      'd',
      'orderBy',
    ],
    [
      'evidence with its text',
      `mutation ($s: Sensitivity) { addEvidence(input: { incident: "x", kind: QUOTATION, title: "x", text: "${SECRET}",
        sensitivity: $s }) { __typename } }`,
      's',
      'input',
    ],
    [
      'a password',
      `mutation ($e: String = "a@b.c") { createSession(input: { email: $e, password: "${SECRET}" }) { __typename } }`,
      'e',
      'input',
    ],
  ];

  it.each(documents)(
    'is refused, and neither logged nor repeated: %s',
    async (_what, query, variable, argument) => {
      const logged = [
        vi.spyOn(log, 'error').mockReturnValue(),
        vi.spyOn(log, 'warn').mockReturnValue(),
        vi.spyOn(log, 'info').mockReturnValue(),
      ];
      const headers = { 'content-type': 'application/json' };
      const body = JSON.stringify({ query, variables: { [variable]: null } });
      // Asked again and again it might be answered past the ordinary path.
      for (let times = 0; times < 3; times += 1) {
        const response = await fetch(`${running.url}/graphql`, { method: 'POST', headers, body });
        const text = await response.text();
        expect(response.status, text).toBe(400);
        expect(JSON.parse(text).errors).toEqual([
          {
            message: `The argument ${argument} cannot take its value. $${variable} may not be null there.`,
            extensions: { code: 'BAD_USER_INPUT', argument: [argument] },
          },
        ]);
      }
      for (const spy of logged) {
        expect(spy).not.toHaveBeenCalled();
        spy.mockRestore();
      }
    },
  );
});
