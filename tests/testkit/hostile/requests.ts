import { gzipSync } from 'node:zlib';
import { Chance } from './chance.ts';
import { HOSTILE_OPERATIONS } from './documents.ts';

/** A request as a hostile sender puts it on the wire. */
export interface HostileRequest {
  name: string;
  method: string;
  path: string;
  headers: Record<string, string>;
  body: string | Uint8Array<ArrayBuffer> | undefined;
}

type Family = (chance: Chance) => Partial<HostileRequest>;

const ORDINARY = JSON.stringify({ query: '{ viewer { signedIn } }' });
const JSON_TYPE = { 'content-type': 'application/json' };
const bytes = (text: string): Uint8Array<ArrayBuffer> => Uint8Array.from(Buffer.from(text, 'latin1'));
const deep = (open: string, close: string, depth: number) => `${open.repeat(depth)}1${close.repeat(depth)}`;

const TRANSPORT: Record<string, Family> = {
  'another content type': (chance) => ({
    headers: {
      'content-type': chance.one([
        'text/plain',
        'application/graphql',
        'application/x-www-form-urlencoded',
        'multipart/form-data; boundary=x',
        'application/xml',
        'application/json-patch+json',
        'json',
        'application/octet-stream',
      ]),
    },
  }),
  'a character set that JSON has not': (chance) => ({
    headers: {
      'content-type': `application/json; charset=${chance.one(['utf-7', 'utf-16', 'latin1', 'x'])}`,
    },
  }),
  'a compressed body': (chance) => ({
    headers: { ...JSON_TYPE, 'content-encoding': chance.one(['gzip', 'deflate', 'br', 'x']) },
    body: Uint8Array.from(gzipSync('0'.repeat(chance.size(1_000, 5_000_000)))),
  }),
  'another method': (chance) => ({ method: chance.one(['PUT', 'PATCH', 'DELETE']) }),
  'a document in the address': (chance) => ({
    method: 'GET',
    path: `/graphql?query=${encodeURIComponent(chance.one(['{ viewer { signedIn } }', '{ __schema { queryType { name } } }']))}`,
    headers: {},
    body: undefined,
  }),
  'a persisted query in the address': () => ({
    method: 'GET',
    path: `/graphql?extensions=${encodeURIComponent('{"persistedQuery":{"version":1,"sha256Hash":"a"}}')}`,
    headers: { 'apollo-require-preflight': 'true' },
    body: undefined,
  }),
  'a persisted query': (chance) => ({
    body: JSON.stringify({
      ...(chance.next() < 0.5 ? {} : { query: '{ viewer { signedIn } }' }),
      extensions: { persistedQuery: { version: 1, sha256Hash: chance.word(64) } },
    }),
  }),
  'a batch': (chance) => ({ body: `[${Array(chance.size(1, 5_000)).fill(ORDINARY).join()}]` }),
  'a body beyond the limit': (chance) => ({
    body: JSON.stringify({
      query: '{ viewer { signedIn } }',
      more: 'x'.repeat(chance.size(270_000, 3_000_000)),
    }),
  }),
};

const BODIES: Record<string, Family> = {
  'bytes that are no UTF-8': (chance) => ({
    body: bytes(
      chance.one([
        '{"query":"{ model(name: \\"\xff\xfe\\") { id } }"}',
        '{"query":"{ model(name: \\"\xc0\xaf\\") { id } }"}',
        '{"query":"query ($n: String!) { model(name: $n) { id } }","variables":{"n":"\xed\xa0\x80"}}',
        '{"query":"{ viewer { signedIn } }","more":"\xf8\x88\x80\x80\x80"}',
        '\xff\xfe{"query":"{ viewer { signedIn } }"}',
      ]),
    ),
  }),
  'deep JSON beside the document': (chance) => {
    const value = chance.one([
      deep('[', ']', chance.size(60, 900_000)),
      deep('{"a":', '}', chance.size(60, 300_000)),
    ]);
    return {
      body: `{"query":"{ viewer { signedIn } }","${chance.one(['extensions', 'more', 'variables'])}":${value}}`,
    };
  },
  'deep JSON that never closes': (chance) => ({
    body: chance.one(['[', '{"a":', '[{"a":[']).repeat(chance.size(60, 300_000)),
  }),
  'long JSON beside the document': (chance) => ({
    body: `{"query":"{ viewer { signedIn } }","more":[${'1,'.repeat(chance.size(60_000, 900_000))}1]}`,
  }),
  'what is no JSON': (chance) => ({
    body: chance.one([
      '',
      '{',
      'null',
      '7',
      '"x"',
      '{"query":',
      '{query:"{ viewer { signedIn } }"}',
      "{'query':'x'}",
      '{"query":"x",}',
      'NaN',
      '{"query":"\n"}',
      '\u0000',
      '<html>',
      '{ viewer { signedIn } }',
      '%7B%7D',
      '{"query":"x"}{"query":"y"}',
    ]),
  }),
  'an object without a document': (chance) => ({
    body: chance.one([
      '{}',
      '{"__proto__":{"query":"{ viewer { signedIn } }"}}',
      '{"Query":"{ viewer { signedIn } }"}',
      '{"constructor":{"query":"x"}}',
    ]),
  }),
  'an operation name that is none': (chance) => ({
    body: JSON.stringify({
      query: 'query Q { viewer { signedIn } }',
      operationName: chance.one([7, {}, ['Q'], 'P', 'x'.repeat(100_000)]),
    }),
  }),
};

const operations = Object.entries(HOSTILE_OPERATIONS).map(([name, family]): [string, Family] => [
  name,
  (chance) => ({ body: JSON.stringify(family(chance)) }),
]);

const FAMILIES: readonly [string, Family][] = [...operations, ...Object.entries({ ...TRANSPORT, ...BODIES })];

/** `rounds` requests of each family; the same for the same seed. */
export function hostileRequests(seed: number, rounds: number): HostileRequest[] {
  const chance = new Chance(seed);
  return Array.from({ length: rounds }, (_, round) =>
    FAMILIES.map(([name, family]) => ({
      name: `${name} (${round + 1})`,
      method: 'POST',
      path: '/graphql',
      headers: JSON_TYPE,
      body: ORDINARY,
      ...family(chance),
    })),
  ).flat();
}
