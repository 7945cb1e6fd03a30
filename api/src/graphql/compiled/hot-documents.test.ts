import { describe, expect, it } from 'vitest';
import { buildSchema } from '../schema.ts';
import { HotDocuments } from './hot-documents.ts';

const schema = buildSchema();
const found = (text: string) => {
  const documents = new HotDocuments(schema);
  expect(documents.find(text), 'asked for once').toBeNull();
  return documents.find(text);
};
const lineage = (graph: string, more = '') =>
  `query ($ref: NodeRef!) { lineageNode(ref: $ref) { label ${more} lineage { ${graph} } } }`;
const incidents = (connection: string) => `{ incidents(first: 9) { ${connection} } }`;

describe('a document that is asked for again', () => {
  it.each([
    ['a lineage', lineage('nodes { id kind label } edges { id share upstream { id } downstream { ref } }')],
    [
      'with other names and in fragments',
      `${lineage('them: nodes { ...N ... on Node { id } }')} fragment N on LineageNode { it: kind }`,
    ],
    [
      'a list of incidents',
      incidents('totalCount nodes { key modelVersions { label } measurements { rate } }'),
    ],
    ['with its cursors', incidents('edges { cursor node { title } } pageInfo { endCursor }')],
  ])('has a plan: %s', (_, text) => {
    expect(found(text)).not.toBeNull();
    expect(found(text)?.key).toMatch(/^(lineageNode|incidents)$/);
  });

  it.each([
    ['what memory does not hold', lineage('nodes { team { name } }')],
    ['a status, which disputes decide', lineage('edges { status }')],
    ['that of a node', lineage('nodes { recordStatus }')],
    ['who disputes an edge', lineage('edges { disputes { statement } }')],
    ['who disputes a node', lineage('knownOn', 'disputes { statement }')],
    ['what is unaccounted', lineage('unaccounted { share }')],
    ['two lineages', lineage('knownOn', 'second: lineage(limit: 2) { knownOn }')],
    ['no lineage', '{ lineageNode(ref: "source:one") { label } }'],
    ['two fields of Query', '{ a: incidents { totalCount } b: incidents { totalCount } }'],
    ['another field', '{ viewer { __typename } }'],
    ['a directive', incidents('nodes { key @skip(if: true) }')],
    ['a narrower type', lineage('nodes { ... on Incident { key } }')],
    ['what behaviours need', incidents('nodes { behaviors { name } }')],
    ['two operations', 'query A { incidents { totalCount } } query B { incidents { totalCount } }'],
    ['a mutation', 'mutation { deleteAll }'],
    ['a field that is not there', incidents('nodes { colour }')],
    ['a variable that is not defined', '{ incidents(first: $n) { totalCount } }'],
    ['a text that is none', '{ incidents('],
    ['a long one', `${incidents('totalCount')} #${'x'.repeat(6_000)}`],
  ])('is left to the ordinary path: %s', (_, text) => {
    expect(found(text)).toBeNull();
  });

  it('is weighed anew where what its variables hold weighs', () => {
    const searching = (type: string) => `query ($x: ${type}) { incidents(search: $x) { totalCount } }`;
    expect(found(lineage('knownOn'))?.weighsAlike).toBe(true);
    expect(found(searching('String!'))?.weighsAlike).toBe(true);
    expect(found(searching('String'))?.weighsAlike).toBe(false);
  });
});
