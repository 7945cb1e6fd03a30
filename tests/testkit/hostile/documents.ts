import type { Chance } from './chance.ts';

/** A GraphQL operation as a hostile sender would write it. */
export interface HostileOperation {
  query: unknown;
  variables?: unknown;
}

type Family = (chance: Chance) => HostileOperation;

const times = (count: number, of: (index: number) => string, between = ' ') =>
  Array.from({ length: count }, (_, index) => of(index)).join(between);

const nested = (open: string, inner: string, close: string, depth: number) =>
  `${open.repeat(depth)}${inner}${close.repeat(depth)}`;

const ROOTS = ['incidents', 'models', 'datasets', 'evalRuns', 'sources', 'behaviors'] as const;
const LONG_LISTS = 'incidents(first: 100) { nodes { modelVersions { trainingRuns { inputs { share';

const AMPLIFIED: Record<string, Family> = {
  'many aliases of one field': (chance) => ({
    query: `{ ${times(chance.size(61, 3_000), (i) => `a${i}: __typename`)} }`,
  }),
  'many aliases below the root': (chance) => ({
    query: `{ viewer { ${times(chance.size(61, 3_000), (i) => `a${i}: signedIn`)} } }`,
  }),
  'aliased lists within lists': (chance) => ({
    query: `{ ${times(chance.size(2, 18), (i) => `a${i}: ${LONG_LISTS} } } } } }`)} }`,
  }),
  'one field over and over': (chance) => ({
    query: `{ ${`${chance.one(ROOTS)} { totalCount } `.repeat(chance.size(11, 2_000))} }`,
  }),
  'one field over and over, each in a fragment of its own': (chance) => ({
    query: `{ ${'... { viewer { signedIn } } '.repeat(chance.size(21, 199))} }`,
  }),
  'many fields at the root': (chance) => ({
    query: `{ ${times(chance.size(21, 3_000), (i) => `f${i}`)} }`,
  }),
  'a page of a size that no memory holds': (chance) => ({
    query: `{ ${chance.one(ROOTS)}(first: ${chance.size(60_000, 2_000_000_000)}) { nodes { id } } }`,
  }),
  'such a page by a variable': (chance) => ({
    query: `query ($n: Int) { ${chance.one(ROOTS)}(first: $n) { nodes { id } } }`,
    variables: { n: chance.size(60_000, 2_000_000_000) },
  }),
  'such a page by the default of a variable': (chance) => ({
    query: `query ($n: Int = ${chance.size(60_000, 2_000_000_000)}) { ${chance.one(ROOTS)}(first: $n) { nodes { id } } }`,
  }),
  'lineages of lineages': (chance) => ({
    query: `{ models(first: ${chance.size(20, 100)}) { nodes { versions(first: 50) { nodes { lineage(limit: 2000) {
      nodes { ref } edges { upstream { ref } } } } } } } }`,
  }),
};

const FRAGMENTED: Record<string, Family> = {
  'fragments that double each time': (chance) => {
    const levels = chance.size(13, 90);
    const link = (i: number) => `fragment F${i} on Query { ...F${i + 1} ...F${i + 1} }`;
    return { query: `{ ...F0 } ${times(levels, link)} fragment F${levels} on Query { viewer { signedIn } }` };
  },
  'fragments in a circle': (chance) => {
    const count = chance.size(1, 90);
    return {
      query: `{ ...F0 } ${times(count, (i) => `fragment F${i} on Query { ...F${(i + 1) % count} }`)}`,
    };
  },
  'a circle below fields': (chance) => ({
    query: `{ models { nodes { versions { nodes { ...A } } } } }
      fragment A on ModelVersion { ${nested('revises { ', '...A', ' }', chance.size(1, 15))} }`,
  }),
  'more fragments than anybody needs': (chance) => ({
    query: `{ viewer { signedIn } } ${times(chance.size(101, 1_200), (i) => `fragment F${i} on Viewer { signedIn }`)}`,
  }),
  'more spreads than anybody needs': (chance) => ({
    query: `{ ${'...F '.repeat(chance.size(201, 4_000))} } fragment F on Query { viewer { signedIn } }`,
  }),
  'inline fragments within each other': (chance) => ({
    query: nested('{ ... ', '{ viewer { signedIn } }', ' }', chance.size(41, 3_000)),
  }),
  'a chain of fragments that is deeper than its text': (chance) => {
    const link = (i: number) => `fragment F${i} on ModelVersion { revises { revises { ...F${i + 1} } } }`;
    const count = chance.size(10, 90);
    return {
      query: `{ models { nodes { versions { nodes { ...F0 } } } } } ${times(count, link)}
        fragment F${count} on ModelVersion { id }`,
    };
  },
  'fragments on types that are none': (chance) => ({
    query: `{ ${times(chance.size(2, 90), () => `... on ${chance.word()} { id }`)} }`,
  }),
  'fragments whose fields all have to be compared': (chance) => ({
    query: `{ ${times(chance.size(20, 95), (i) => `...F${i}`)} nowhere }
      ${times(95, (i) => `fragment F${i} on Query { ${times(4, () => 'viewer { signedIn }')} }`)}`,
  }),
};

const DEEP: Record<string, Family> = {
  'selections within each other': (chance) => ({
    query: nested('{ a ', '{ b }', ' }', chance.size(41, 20_000)),
  }),
  'brackets that never close': (chance) => ({
    query: chance.one(['{ a ', '{', '(', '[']).repeat(chance.size(41, 50_000)),
  }),
  'fields deeper than any page': (chance) => ({
    query: `{ models { nodes { versions { nodes { ${nested('revises { ', 'id', ' }', chance.size(18, 34))} } } } } }`,
  }),
  'lists within lists as a literal': (chance) => ({
    query: `{ nodes(ids: ${nested('[', '"x"', ']', chance.size(41, 5_000))}) { id } }`,
  }),
  'objects within objects as a literal': (chance) => ({
    query: `{ incidents(filter: ${nested('{ model: ', '"x"', ' }', chance.size(41, 3_000))}) { totalCount } }`,
  }),
  'lists within lists as a variable': (chance) => ({
    query: 'query ($ids: [ID!]!) { nodes(ids: $ids) { id } }',
    variables: { ids: JSON.parse(nested('[', '"x"', ']', chance.size(41, 4_000))) },
  }),
  'objects within objects as a variable': (chance) => ({
    query: 'query ($filter: IncidentFilter) { incidents(filter: $filter) { totalCount } }',
    variables: { filter: JSON.parse(nested('{"model":', '"x"', '}', chance.size(41, 4_000))) },
  }),
  'types within types of a variable': (chance) => ({
    query: `query ($x: ${nested('[', 'Int', ']', chance.size(41, 4_000))}) { viewer { signedIn } }`,
  }),
};

const LONG: Record<string, Family> = {
  'a long list as a literal': (chance) => ({
    query: `{ nodes(ids: [${times(chance.size(5_001, 9_900), (i) => `"${i}"`, ',')}]) { id } }`,
  }),
  'a long list as a variable': (chance) => ({
    query: 'query ($ids: [ID!]!) { nodes(ids: $ids) { id } }',
    variables: { ids: Array.from({ length: chance.size(5_001, 150_000) }, (_, i) => String(i)) },
  }),
  'more values than anybody needs': (chance) => ({
    query: 'query ($filter: IncidentFilter) { incidents(filter: $filter) { totalCount } }',
    variables: {
      filter: Array.from({ length: chance.size(60, 120) }, () => Array.from({ length: 1_000 }, () => 1)),
    },
  }),
  'a name that is no word': (chance) => ({
    query: `{ ${chance.word(1).repeat(chance.size(101, 150_000))} }`,
  }),
  'a number that no type holds': (chance) => ({
    query: `{ incidents(first: ${'9'.repeat(chance.size(12, 100_000))}) { totalCount } }`,
  }),
  'a comment without end': (chance) => ({
    query: `# ${'x'.repeat(chance.size(250_000, 1_500_000))}\n{ viewer { signedIn } }`,
  }),
  'nothing but commas': (chance) => ({
    query: `{ viewer { signedIn } ${','.repeat(chance.size(250_000, 1_500_000))} }`,
  }),
  'more tokens than anybody needs': (chance) => ({
    query: `{ viewer { ${'signedIn '.repeat(chance.size(10_001, 20_000))} } }`,
  }),
  'variables without end': (chance) => ({
    query: `query (${times(chance.size(101, 2_400), (i) => `$v${i}: Int`)}) { viewer { signedIn } }`,
  }),
  'a string that never closes': (chance) => ({
    query: `{ model(name: "${'x'.repeat(chance.size(1, 100_000))}) }`,
  }),
};

const TELLING: Record<string, Family> = {
  introspection: (chance) => ({
    query: `{ __schema { ${chance.one(['queryType { name }', 'types { name fields { name } }', 'directives { name }'])} } }`,
  }),
  'introspection of one type': (chance) => ({
    query: `{ __type(name: "${chance.one(['Query', 'Incident', 'Viewer'])}") { name fields { name type { name } } } }`,
  }),
  'introspection behind an alias and a fragment': (chance) => ({
    query: `{ viewer { signedIn } ...F } fragment F on Query { ${chance.word()}: __schema { queryType { name } } }`,
  }),
  'introspection in circles': (chance) => ({
    query: `{ __schema { types { ${nested('fields { type { ', 'name', ' } }', chance.size(3, 18))} } } }`,
  }),
  'a near miss of a field': (chance) => ({
    query: `{ ${chance.one(['incidentz', 'modelz', 'datasetz', 'viewr'])} { id } }`,
  }),
  'a near miss of a type or an argument': (chance) => ({
    query: chance.one([
      '{ incidents(frist: 1) { totalCount } }',
      '{ ... on Querry { viewer { signedIn } } }',
      'query ($x: Integer) { incidents(first: $x) { totalCount } }',
      'query ($f: IncidentFilters) { incidents(filter: $f) { totalCount } }',
    ]),
  }),
  'a near miss of a value': (chance) => ({
    query: 'query ($f: IncidentFilter) { incidents(filter: $f) { totalCount } }',
    variables: { f: chance.one([{ severity: ['CRITICL'] }, { modle: ['x'] }, { status: 'OPNE' }]) },
  }),
};

const MALFORMED: Record<string, Family> = {
  'directives over and over': (chance) => ({
    query: `{ viewer ${'@skip(if: false) '.repeat(chance.size(2, 3_000))} { signedIn } }`,
  }),
  'directives that are none': (chance) => ({
    query: `{ viewer ${times(chance.size(1, 50), () => `@${chance.word()}`)} { signedIn } }`,
  }),
  'definitions of types': (chance) => ({
    query: chance.one([
      'type Query { a: Int }',
      'extend type Query { a: Int } query { viewer { signedIn } }',
      'schema { query: Query } { viewer { signedIn } }',
      'directive @x on FIELD { viewer { signedIn } }',
    ]),
  }),
  'a null character': (chance) => ({
    query: chance.one(['{ model(name: "a\\u0000b") { id } }', '{ viewer \u0000 { signedIn } }']),
  }),
  'a null character in a variable': (chance) => ({
    query: 'query ($name: String!) { model(name: $name) { id } }',
    variables: { name: `${chance.word()}\u0000` },
  }),
  'many operations': (chance) => ({
    query: times(chance.size(11, 800), (i) => `query Q${i} { viewer { signedIn } }`),
  }),
  'several operations and no name': (chance) => ({
    query: times(chance.size(2, 10), (i) => `query Q${i} { viewer { signedIn } }`),
  }),
  'operations of one name': (chance) => ({
    query: 'query Q { viewer { signedIn } } '.repeat(chance.size(2, 10)),
  }),
  'what is no document': (chance) => ({
    query: chance.one([
      '',
      '   ',
      null,
      7,
      true,
      [],
      {},
      ['{ viewer { signedIn } }'],
      '}',
      '{',
      '#',
      '"""',
      '{ }',
      '\uFEFF',
      '...',
      '%00',
      '<x/>',
      '{ viewer { signedIn } } }',
      'query { viewer { signedIn }',
      '{ viewer(: ) }',
      'select 1; --',
    ]),
  }),
  'variables that are none': (chance) => ({
    query: 'query ($n: Int) { incidents(first: $n) { totalCount } }',
    variables: chance.one([
      'x',
      7,
      [1],
      true,
      { n: 'seven' },
      { n: {} },
      { n: [] },
      { n: 1.5 },
      { n: 2 ** 40 },
    ]),
  }),
  'a subscription': () => ({ query: 'subscription { incidents { totalCount } }' }),
  'variables that nobody declared': (chance) => ({
    query: `{ incidents(first: $${chance.word()}) { totalCount } }`,
  }),
};

/** Operations by what is wrong with them; each refused for the anonymous, whatever `chance` says. */
export const HOSTILE_OPERATIONS: Readonly<Record<string, Family>> = {
  ...AMPLIFIED,
  ...FRAGMENTED,
  ...DEEP,
  ...LONG,
  ...TELLING,
  ...MALFORMED,
};
