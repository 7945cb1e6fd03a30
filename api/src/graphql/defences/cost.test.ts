import { buildSchema, type FragmentDefinitionNode, Kind, type OperationDefinitionNode, parse } from 'graphql';
import { describe, expect, it } from 'vitest';
import { measure } from './cost.ts';

const schema = buildSchema(`
  type Query { things(first: Int, last: Int): ThingConnection! nodes(ids: [ID!]!): [Thing]! search(first: Int): ThingConnection! one: Thing }
  type ThingConnection { totalCount: Int! nodes: [Thing!]! edges: [ThingEdge!]! }
  type ThingEdge { node: Thing! }
  type Thing { id: ID! things(first: Int): ThingConnection! measurements: [Thing!]! unheardOf: [Thing!]! lineage(limit: Int): LineageGraph! one: Thing }
  type LineageGraph { nodes: [Thing!]! edges: [Edge!]! }
  type Edge { upstream: Thing! }
  type Mutation { change: Thing }
`);

function measured(text: string, variables: Record<string, unknown> = {}) {
  const { definitions } = parse(text);
  const operation = definitions.find(
    (found): found is OperationDefinitionNode => found.kind === Kind.OPERATION_DEFINITION,
  );
  const fragments = definitions.filter(
    (found): found is FragmentDefinitionNode => found.kind === Kind.FRAGMENT_DEFINITION,
  );
  return measure(schema, operation!, new Map(fragments.map((found) => [found.name.value, found])), variables);
}
const cost = (text: string, variables?: Record<string, unknown>) => measured(text, variables).cost;

describe('the cost of an operation', () => {
  it.each([
    ['one row', '{ one { id } }', 1],
    ['a connection by its argument', '{ things(first: 50) { nodes { id } } }', 1 + 50],
    ['a connection from its end', '{ things(last: 30) { nodes { id } } }', 1 + 30],
    ['a connection without arguments by the usual page', '{ things { nodes { id } } }', 1 + 20],
    ['edges and their nodes', '{ things(first: 10) { edges { node { id } } } }', 1 + 10 + 10],
    ['a count', '{ things { totalCount } }', 1 + 10],
    [
      'lists within lists, multiplied',
      '{ things(first: 10) { nodes { things(first: 10) { nodes { id } } } } }',
      1 + 10 + 10 + 100,
    ],
    ['a plain list by its name', '{ one { measurements { id } } }', 1 + 25],
    ['a plain list of no known name', '{ one { unheardOf { id } } }', 1 + 50],
    ['a list by its ids', '{ nodes(ids: ["a", "b", "c"]) { id } }', 3],
    [
      'a lineage by its limit',
      '{ one { lineage(limit: 100) { nodes { id } edges { upstream { id } } } } }',
      1 + 1 + 100 + 200 + 200,
    ],
    ['a field that is dear by itself', '{ search(first: 5) { nodes { id } } }', 200 + 1 + 5],
    ['a change', 'mutation { change { id } }', 100 + 1],
    ['an alias as another field', '{ a: one { id } b: one { id } }', 2],
    ['a fragment, spread out each time', '{ ...F ... { ...F } } fragment F on Query { one { id } }', 2],
    [
      'nothing for what is left out',
      '{ one @skip(if: true) { id } things @include(if: false) { nodes { id } } }',
      0,
    ],
  ])('counts %s', (_what, document, expected) => {
    expect(cost(document)).toBe(expected);
  });

  it('sees the values of variables, and their defaults as they were coerced', () => {
    const document = 'query ($n: Int) { things(first: $n) { nodes { id } } }';
    expect(cost(document, { n: 1_000_000 })).toBe(1_000_001);
    expect(cost(document, {})).toBe(21);
    expect(cost('query ($x: Boolean!) { one @include(if: $x) { id } }', { x: false })).toBe(0);
  });

  it('takes nothing off for a page of nothing, or of less', () => {
    expect(cost('{ things(first: 0) { nodes { id } } }')).toBe(2);
    expect(cost('{ things(first: -100) { nodes { things(first: 100) { nodes { id } } } } }')).toBeGreaterThan(
      100,
    );
  });

  it('tells the depth with fragments spread out, lists that are too long, and what asks for the schema', () => {
    expect(measured('{ one { ...F } } fragment F on Thing { one { one { id } } }').depth).toBe(4);
    expect(measured('{ a: __schema { types { name } } }').introspects).toBe(true);
    expect(measured('{ one { __typename } }').introspects).toBe(false);
    const ids = Array.from({ length: 5_001 }, (_, i) => String(i));
    expect(measured('query ($ids: [ID!]!) { nodes(ids: $ids) { id } }', { ids }).longList).toBe('ids');
  });
});
