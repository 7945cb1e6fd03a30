import { describe, expect, it } from 'vitest';
import { DOCUMENT } from './limits.ts';
import { scanDocument } from './scan-document.ts';

const refusal = (text: string) => scanDocument(text)?.message ?? null;
const fields = (count: number, of: (index: number) => string) =>
  Array.from({ length: count }, (_, i) => of(i)).join(' ');

describe('the scan of a document', () => {
  it.each([
    ['characters', (n: number) => `{ viewer { a } }`.padEnd(n, ' '), DOCUMENT.characters],
    ['tokens', (n: number) => `{ viewer { ${fields(n - 5, (i) => `f${i}`)} } }`, DOCUMENT.tokens],
    ['deep', (n: number) => `${'{ a '.repeat(n)}${'}'.repeat(n)}`, DOCUMENT.nesting],
    ['operations', (n: number) => fields(n, (i) => `query Q${i} { a }`), DOCUMENT.operations],
    [
      'fragments',
      (n: number) => `{ a } ${fields(n, (i) => `fragment F${i} on A { b }`)}`,
      DOCUMENT.fragments,
    ],
    ['spreads', (n: number) => `{ a { ${'...F '.repeat(n)} } }`, DOCUMENT.spreads],
    ['aliases', (n: number) => `{ a { ${fields(n, (i) => `a${i}: b`)} } }`, DOCUMENT.aliases],
    ['directives', (n: number) => `{ a { b ${'@c '.repeat(n)} } }`, DOCUMENT.directives],
    [
      'uses of variables',
      (n: number) => `query (${fields(n, (i) => `$v${i}: Int`)}) { a }`,
      DOCUMENT.variables,
    ],
    ['fields at the root', (n: number) => `{ ${fields(n, (i) => `f${i}`)} }`, DOCUMENT.rootFields],
    [
      'fields at the root',
      (n: number) => `{ a ... { ${fields(n - 1, (i) => `f${i}`)} } }`,
      DOCUMENT.rootFields,
    ],
    [
      'fields at the root',
      (n: number) => `{ a ... on Query @c { ${fields(n - 1, (i) => `f${i}`)} } }`,
      DOCUMENT.rootFields,
    ],
    ['times', (n: number) => `{ a { ${'b '.repeat(n)} } }`, DOCUMENT.sameName],
    ['characters', (n: number) => `{ ${'a'.repeat(n)} }`, DOCUMENT.name],
  ])('lets as many %s through as the limit says, and not one more', (what, document, limit) => {
    expect(refusal(document(limit))).toBeNull();
    expect(refusal(document(limit + 1))).toContain(what);
  });

  it('counts pairs of fields with one name over the whole document, where validation may compare them', () => {
    const document = (times: number) =>
      `{ a { ${'... on B { c } '.repeat(times)} } } ${'fragment F on B { c } '.repeat(50)}`;
    expect(refusal(document(140))).toBeNull();
    expect(refusal(document(160))).toContain('pairs of fields');
  });

  it('does not count the fields of fragments and of input objects as fields at the root', () => {
    expect(
      refusal(
        `{ a(b: { ${fields(30, (i) => `c${i}: 1`)} }) } fragment F on A { ${fields(30, (i) => `d${i}`)} }`,
      ),
    ).toBeNull();
  });

  it('refuses what is no document by the parser’s own message', () => {
    expect(scanDocument('{ a(b: "c')).toMatchObject({
      code: 'GRAPHQL_PARSE_FAILED',
      message: expect.stringMatching(/Unterminated/),
    });
  });
});
