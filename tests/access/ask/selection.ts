// Selections made by walking the schema: every field of a type, and of whatever has no id of its own below it. What
// has an id is named by it, since it is asked for by itself as well.
import {
  type GraphQLField,
  type GraphQLObjectType,
  type GraphQLOutputType,
  getNamedType,
  isInterfaceType,
  isLeafType,
  isObjectType,
  isRequiredArgument,
} from 'graphql';

/** The ways to ask for a field, each as its arguments between parentheses or nothing; none: leave it out. */
export type Arguments = (coordinate: string, field: GraphQLField<unknown, unknown>) => readonly string[];

/** Types with an id of which some have it only for show: they are asked for where they stand, too. */
const SHOWN_IN_PLACE = new Set(['LineageEdge', 'ApiToken']);
const DEEPEST = 7;

const NAMED = '{ __typename ... on Node { id } }';
/** How a node stands, and who disputes it, is as known on the moment of the answer that shows it. */
const NODE_IN_AN_ANSWER = '{ __typename ... on Node { id } recordStatus disputes { __typename id } }';

export function selectionOf(type: GraphQLObjectType, ways: Arguments): string {
  return fieldsOf(type, ways, 0);
}

function fieldsOf(type: GraphQLObjectType, ways: Arguments, depth: number): string {
  const parts = Object.values(type.getFields()).flatMap((field) => {
    const below = selectionBelow(field.type, ways, depth + 1);
    if (below === null) return [];
    return waysOf(type, field, ways).map((args, i) => `${field.name}_${i}: ${field.name}${args}${below}`);
  });
  return `{ __typename ${parts.join(' ')} }`;
}

function waysOf(
  type: GraphQLObjectType,
  field: GraphQLField<unknown, unknown>,
  ways: Arguments,
): readonly string[] {
  if (field.args.length === 0) {
    const asked = ways(`${type.name}.${field.name}`, field);
    return asked.length === 0 ? [] : [''];
  }
  const asked = ways(`${type.name}.${field.name}`, field);
  if (asked.includes('') && field.args.some(isRequiredArgument))
    throw new Error(`${type.name}.${field.name} cannot be asked for without its arguments.`);
  return asked;
}

/** What to select of a field's type: null where that would go too deep. */
export function selectionBelow(type: GraphQLOutputType, ways: Arguments, depth = 1): string | null {
  const named = getNamedType(type);
  if (isLeafType(named)) return '';
  if (isObjectType(named)) {
    const identified = named.getFields().id !== undefined;
    if (!identified) return depth > DEEPEST ? null : fieldsOf(named, ways, depth);
    if (SHOWN_IN_PLACE.has(named.name) && depth <= 3) return shallow(named);
    return '{ __typename id }';
  }
  if (isInterfaceType(named)) return named.name === 'LineageNode' ? NODE_IN_AN_ANSWER : NAMED;
  return NAMED;
}

/** Its leaves, and the ids of what it leads to. */
function shallow(type: GraphQLObjectType): string {
  const parts = Object.values(type.getFields())
    .filter((field) => field.args.length === 0)
    .map((field) => (isLeafType(getNamedType(field.type)) ? field.name : `${field.name} ${NAMED}`));
  return `{ __typename ${parts.join(' ')} }`;
}
