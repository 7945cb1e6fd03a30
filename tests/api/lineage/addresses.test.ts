import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DISGUISED_ADDRESSES, HOSTILE_ADDRESSES } from '../../e2e/security/hostile-texts.ts';
import { type TestApi, testApi } from '../../testkit/api.ts';
import { type Mutate, mutating } from '../../testkit/mutate.ts';

describe('an address', () => {
  let api: TestApi;
  let run: Mutate;
  beforeAll(async () => {
    api = await testApi();
    run = mutating(api, await api.person('INVESTIGATOR'));
    await run('registerSource', { name: 'there' });
  });
  afterAll(() => api.close());

  const cited = (url: string) => ({ source: 'A page', certainty: 'PRIMARY', url });
  /** Every input that takes one, with the path that a refusal names. */
  const places: [string, (url: string) => Record<string, unknown>, string[]][] = [
    ['registerSource', (url) => ({ name: 'a', url }), ['url']],
    ['registerSource', (url) => ({ name: 'a', citation: cited(url) }), ['citation', 'url']],
    ['assertClaim', (text) => ({ node: 'source:there', property: 'URL', text }), ['text']],
    ['registerEvaluation', (url) => ({ name: 'e', version: '1', url }), ['url']],
    ['publishStandard', (url) => ({ name: 's', version: '1', kind: 'rubric', title: 'S', url }), ['url']],
    [
      'registerBehavior',
      (url) => ({ name: 'b', title: 'B', mappings: [{ taxonomy: 't', code: 'c', url }] }),
      ['mappings', '0', 'url'],
    ],
    [
      'fileIncident',
      (url) => ({
        title: 'T',
        summary: 'S',
        setting: 'RED_TEAM',
        severity: 'LOW',
        reports: [{ title: 'R', url }],
      }),
      ['reports', '0', 'url'],
    ],
  ];

  it.each(places)(
    'is refused by %s at its path where a browser should not be sent to it',
    async (name, input, path) => {
      for (const url of [...HOSTILE_ADDRESSES, ...DISGUISED_ADDRESSES]) {
        const result = await run(name, input(url), '__typename');
        expect([url, result.__typename, result.path?.slice(-path.length)]).toEqual([url, 'InputError', path]);
      }
    },
  );

  it.each(places)('of the web is taken by %s', async (name, input) => {
    const result = await run(name, input('https://example.org/a?b=c#d'), '__typename');
    expect(result.__typename).not.toBe('InputError');
  });

  it('and a text with half of a surrogate pair are refused, not failed on', async () => {
    const result = await run('registerSource', { name: 'half', title: 'a \ud83d b' });
    expect(result).toMatchObject({
      __typename: 'InputError',
      message: 'The text holds half of a surrogate pair.',
    });
  });
});
