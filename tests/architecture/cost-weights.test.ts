import { type GraphQLField, isObjectType } from 'graphql';
import { describe, expect, it } from 'vitest';
import { FIELD_WEIGHTS } from '../../api/src/graphql/defences/cost-weights.ts';
import { COST_LIMIT } from '../../api/src/graphql/defences/limits.ts';
import { buildSchema } from '../../api/src/graphql/schema.ts';
import { measured } from '../testkit/measured.ts';

const schema = buildSchema();
const cost = (text: string, variables: Record<string, unknown> = {}) =>
  measured(schema, text, () => variables)!.cost;
const lineage = (asked: string) => cost(`{ lineageNode(ref: "source:x") { lineage${asked} } }`);
const NODE = 20 + 1;

describe('the cost of an operation, by the true schema', () => {
  it('counts a lineage by its limit whichever of its fields are selected', () => {
    expect(lineage('{ knownOn }')).toBe(NODE + 1000 + 1);
    expect(lineage('(limit: 40000) { knownOn }')).toBe(NODE + 40_000 + 1);
    // What is selected of it is of the same nodes.
    expect(lineage('(limit: 10) { nodes { id } }')).toBe(NODE + 1 + 10);
    expect(lineage('(limit: 10) { nodes { id } edges { id } }')).toBe(NODE + 1 + 10 + 20);
    const aliased = Array.from({ length: 59 }, (_, i) => `a${i}: lineage(limit: 1) { knownOn }`).join(' ');
    const ids = Array.from({ length: 100 }, () => 'x');
    const many = `query ($ids: [ID!]!) { nodes(ids: $ids) { ... on LineageNode { ${aliased} } } }`;
    expect(cost(many, { ids })).toBe(100 + 59 * 200);
    expect(cost(many.replaceAll('limit: 1)', 'limit: 10)'), { ids })).toBeGreaterThan(COST_LIMIT.anonymous);
  });

  it('takes a limit of null for the usual one, as the lineage does', () => {
    const answered = '{ nodes { id } edges { id } }';
    expect(lineage(`(limit: null) ${answered}`)).toBe(lineage(answered));
    expect(lineage(`(limit: null) ${answered}`)).toBe(NODE + 1 + 3000);
  });

  it('counts what is looked at where kinds are selected', () => {
    expect(lineage('(limit: 1, kinds: [SOURCE]) { knownOn }')).toBe(NODE + 10_001 + 1);
  });

  it('counts the lists of what changed in a lineage by their limit', () => {
    const changes = (limit: string) =>
      cost(`{ lineageChanges(of: "source:x", since: "2025-01-01T00:00:00Z"${limit}) {
        nodesAdded { id } nodesRemoved { reason } edgesAdded { id } edgesRemoved { reason }
        sharesChanged { before } disputes { dispute { id } } } }`);
    expect(changes(', limit: 50')).toBe(1_000 + 1 + 7 * 50);
    expect(changes('')).toBe(1_000 + 1 + 7 * 1_000);
    expect(changes(', limit: null')).toBe(changes(''));
    expect(changes(', limit: 50000')).toBeGreaterThan(COST_LIMIT.anonymous);
  });

  it('counts the share of an edge where it is worked out for it, and not where the lineage has it', () => {
    expect(cost('{ nodes(ids: ["x"]) { ... on LineageEdge { share shareUpper } } }')).toBe(1 + 50);
    expect(lineage('(limit: 1) { edges { share shareUpper } }')).toBe(NODE + 1 + 2);
    expect(
      lineage('(limit: 1) { edges { composition { inputs { ... { share } } } } }') -
        lineage('(limit: 1) { edges { composition { inputs { id } } } }'),
    ).toBe(2 * 25 * 25);
  });

  it('counts a bootstrap by its resamples, and a change by the values of its input', () => {
    const bootstrap = (resamples: number) =>
      cost(
        `{ nodes(ids: ["x"]) { ... on Measurement { bootstrapInterval(resamples: ${resamples}) { low } } } }`,
      );
    expect([bootstrap(100), bootstrap(10_000)]).toEqual([202, 1_002]);
    const recorded = (refs: number) =>
      cost('mutation ($input: LinkIncidentInput!) { linkIncident(input: $input) { __typename } }', {
        input: { incident: 'x', modelVersions: Array(refs).fill('x') },
      });
    expect(recorded(4_000) - recorded(1_000)).toBe(3_000);
  });

  it('counts a search, whichever list is searched', () => {
    expect(cost('{ sources(search: "x") { nodes { id } } }') - cost('{ sources { nodes { id } } }')).toBe(
      100,
    );
  });
});

/** Arguments that say which part of a list is answered, or on which moment it holds. */
const PLAIN = new Set(['first', 'last', 'after', 'before', 'knownOn', 'search', 'ids']);

/** Fields that take other arguments and weigh nothing by themselves, each with the reason. */
const ONE = 'one thing, found by an index';
const PAGE = 'a page, which counts by its size; what it is chosen by is indexed, or few';
const AT_HAND = 'worked out from what is at hand';
const WEIGHTLESS: Readonly<Record<string, string>> = {
  'DatasetVersion.documentHandle': ONE,
  'DatasetVersion.documentHandles': PAGE,
  'EvalRun.sample': ONE,
  'Member.canTakeRole': AT_HAND,
  'ModelVersion.measurements': PAGE,
  'Query.apiTokens': PAGE,
  'Query.behavior': ONE,
  'Query.dataset': ONE,
  'Query.documentHandles': PAGE,
  'Query.evalRuns': PAGE,
  'Query.evaluation': ONE,
  'Query.grader': ONE,
  'Query.import': ONE,
  'Query.incident': ONE,
  'Query.incidents': PAGE,
  'Query.invitationOffer': ONE,
  'Query.member': ONE,
  'Query.members': PAGE,
  'Query.model': ONE,
  'Query.node': ONE,
  'Query.notifications': PAGE,
  'Query.passwordResetOffer': ONE,
  'Query.regressionRule': ONE,
  'Query.regressionRules': PAGE,
  'Query.scoringRule': ONE,
  'Query.scoringRules': PAGE,
  'Query.standard': ONE,
  'SampleTranscript.messages': PAGE,
  'TrainingRun.documentsSeen': PAGE,
  'Viewer.can': AT_HAND,
};

const own = (type: string, field: string) =>
  FIELD_WEIGHTS[`${type}.${field}`] ?? FIELD_WEIGHTS[`LineageNode.${field}`];
const takesMore = ({ args }: GraphQLField<unknown, unknown>) => args.some(({ name }) => !PLAIN.has(name));

describe('the weights of fields', () => {
  // What a resolver does cannot be told from the schema; that it takes arguments of its own can.
  it('are stated for each field that takes arguments of its own, or that is let off with its reason', () => {
    const unstated = Object.values(schema.getTypeMap()).flatMap((type) =>
      isObjectType(type) && !type.name.startsWith('__') && type !== schema.getMutationType()
        ? Object.values(type.getFields())
            .filter((field) => takesMore(field) && own(type.name, field.name) === undefined)
            .map((field) => `${type.name}.${field.name}`)
        : [],
    );
    expect(unstated.sort()).toEqual(Object.keys(WEIGHTLESS).sort());
  });

  it('are those of fields that there are', () => {
    for (const name of Object.keys(FIELD_WEIGHTS)) {
      const [type, field] = name.split('.') as [string, string];
      const found = schema.getType(type) as { getFields?: () => Record<string, unknown> } | undefined;
      expect(Object.keys(found?.getFields?.() ?? {}), name).toContain(field);
    }
  });
});
