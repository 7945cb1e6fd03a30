// Everything that is asked of a world: each type's every field, of each of its rows by id; and each field of Query.
import { type GraphQLObjectType, type GraphQLSchema, isObjectType } from 'graphql';
import type { Dice } from '../world/dice.ts';
import { COSTLY, waysAtRoot, waysBelow } from './arguments.ts';
import { LINEAGE_TYPES, type Names } from './ids.ts';
import { selectionBelow, selectionOf } from './selection.ts';

export interface Question {
  /** What a failure is told by. */
  name: string;
  document: string;
  variables?: Record<string, unknown>;
  /** The questions that it puts at once. */
  parts?: readonly Question[];
}

/** A question for things by their ids. */
interface ByIds extends Question {
  variables: { ids: readonly string[] };
  /** Of each of them. */
  selection: string;
}

interface Questions {
  byIds: ByIds[];
  atRoot: Question[];
}

/** What is asked for its exposure whole: of one alone, chance would seldom find an input that a reader sees. */
const EXPOSED = new Set(['ModelVersion', 'TrainingRun']);

/** How many of a costly type are asked; of what few see, more, or chance would seldom find one that a reader sees. */
const costlyOf = (type: string) => (type === 'EvalRun' ? 4 : 2);

/** How many kinds of lineage nodes are asked for their lineage, impact and exposure in each world, beside model versions. */
const COSTLY_KINDS = 2;

export function questionsOf(schema: GraphQLSchema, names: Names, dice: Dice): Questions {
  return { byIds: ofEachType(schema, names, dice), atRoot: atRoot(schema, names, dice) };
}

/** One document for things of every type: what they share is read once. */
export function together(byIds: readonly ByIds[]): Question {
  const declared = byIds.map((_, i) => `$ids${i}: [ID!]!`).join(', ');
  const asked = byIds.map(({ selection }, i) => `t${i}: nodes(ids: $ids${i}) ${selection}`).join('\n');
  return {
    name: 'All by id',
    document: `query (${declared}) { ${asked} }`,
    variables: Object.fromEntries(byIds.map(({ variables }, i) => [`ids${i}`, variables.ids])),
    parts: byIds,
  };
}

function ofEachType(schema: GraphQLSchema, names: Names, dice: Dice): ByIds[] {
  const ways = waysBelow(dice, names);
  const costly = ['ModelVersion', ...dice.some(LINEAGE_TYPES, COSTLY_KINDS)];
  return [...names.byType].flatMap(([name, ids]) => {
    const type = schema.getType(name);
    if (!isObjectType(type) || type.getFields().id === undefined) return [];
    const cheap = selectionOf(type, (coordinate, field) =>
      COSTLY.has(field.name) ? [] : ways(coordinate, field),
    );
    const asked = [byIds(name, ids, cheap)];
    if (EXPOSED.has(name))
      asked.push(byIds(`${name}, its exposure`, ids, exposureSelection(type, ways), name));
    if (costly.includes(name))
      asked.push(
        byIds(`${name}, its lineage`, dice.some(ids, costlyOf(name)), costlySelection(type, ways), name),
      );
    return asked;
  });
}

function costlySelection(type: GraphQLObjectType, ways: ReturnType<typeof waysBelow>): string {
  return selectionOf(type, (coordinate, field) => {
    const [parent] = coordinate.split('.');
    return parent === type.name && !COSTLY.has(field.name) ? [] : ways(coordinate, field);
  });
}

function exposureSelection(type: GraphQLObjectType, ways: ReturnType<typeof waysBelow>): string {
  return selectionOf(type, (coordinate, field) =>
    coordinate.startsWith(`${type.name}.`) && field.name !== 'exposure' ? [] : ways(coordinate, field),
  );
}

function byIds(name: string, ids: readonly string[], fields: string, type = name): ByIds {
  const selection = `{ __typename ... on ${type} ${fields} }`;
  return {
    name: `${name} by id`,
    document: `query ($ids: [ID!]!) { nodes(ids: $ids) ${selection} }`,
    selection,
    variables: { ids: ids.slice(0, 100) },
  };
}

/** Fields that refuse some arguments and are never null, so that a refusal would take the answers beside it along. */
const ALONE = new Set([
  'commonCauseComparison',
  'commonCauses',
  'evalRunComparison',
  'lineageChanges',
  'lineagePaths',
  'measurementComparison',
  'mixtureDiff',
  'scoreComparisons',
  'similarIncidents',
]);

function atRoot(schema: GraphQLSchema, names: Names, dice: Dice): Question[] {
  const below = waysBelow(dice, names);
  const given = waysAtRoot(dice, names);
  return Object.values(schema.getQueryType()?.getFields() ?? {}).flatMap((field) => {
    const selection = selectionBelow(field.type, below) ?? '';
    const asked = (Object.hasOwn(given, field.name) ? given[field.name]! : ['']).map(
      (args, i) => `q${i}: ${field.name}${args} ${selection}`,
    );
    if (asked.length === 0) return [];
    const name = `Query.${field.name}`;
    if (ALONE.has(field.name))
      return asked.map((one) => ({ name: `${name} ${one.slice(0, 120)}`, document: `{ ${one} }` }));
    return [{ name, document: `{ ${asked.join('\n')} }` }];
  });
}

export interface Paged {
  name: string;
  page(after: string | null): string;
}

/** Lists that are gone through page by page, each page from the cursor of the one before. */
export function pagedLists(dice: Dice): Paged[] {
  const order = dice.pick(['OCCURRED_AT', 'RECORDED_AT', 'UPDATED_AT', 'SEVERITY', 'KEY', 'TITLE']);
  const direction = dice.pick(['ASC', 'DESC']);
  const lists: readonly [field: string, step: number, more: string][] = [
    ['incidents', 1, `orderBy: { field: ${order}, direction: ${direction} }`],
    ['datasets', 1, ''],
    ['sources', 1, ''],
    ['evalRuns', 1, ''],
    // Most of what there is: one at a time in some of the worlds.
    ['search', 1 + dice.below(3), 'query: "e"'],
  ];
  return lists.map(([field, step, more]) => ({
    name: `${field}, page by page`,
    page: (after) =>
      `{ list: ${field}(first: ${step}, ${after === null ? '' : `after: ${JSON.stringify(after)},`} ${more}) { totalCount edges { cursor } nodes { __typename ${field === 'search' ? 'label' : 'id'} } pageInfo { hasNextPage endCursor } } }`,
  }));
}
