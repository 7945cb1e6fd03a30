// What a principal tries to change in both worlds: with names that hidden records hold in other teams' namespaces,
// references to hidden records and ids of hidden rows among the rest. The answers are compared like any other.
import { type GraphQLSchema, getNamedType, isUnionType } from 'graphql';
import type { Principal } from '../../../api/src/access/viewer.ts';
import type { Dice } from '../world/dice.ts';
import type { PrincipalName } from '../world/principals.ts';
import { waysBelow } from './arguments.ts';
import { aboutEvals } from './eval-mutations.ts';
import { Hand, type Trial } from './hand.ts';
import type { Names } from './ids.ts';
import { aboutIncidents } from './incident-mutations.ts';
import { aboutLineage } from './lineage-mutations.ts';
import { aboutAccounts, aboutReading, aboutRegressions, aboutSharing } from './other-mutations.ts';
import type { Question } from './questions.ts';
import { selectionOf } from './selection.ts';

/** Every mutation as it is asked for: all fields of its success and of each error. */
export function mutationDocument(
  schema: GraphQLSchema,
  name: string,
  ways: ReturnType<typeof waysBelow>,
): string {
  const field = schema.getMutationType()?.getFields()[name];
  if (field === undefined) throw new Error(`There is no mutation ${name}.`);
  const union = getNamedType(field.type);
  if (!isUnionType(union)) throw new Error(`${name} answers no union.`);
  const members = union.getTypes().map((type) => `... on ${type.name} ${selectionOf(type, ways)}`);
  return `mutation ($input: ${String(field.args[0]?.type)}) { ${name}(input: $input) { ${members.join(' ')} } }`;
}

export function trialsOf(
  schema: GraphQLSchema,
  names: Names,
  dice: Dice,
  who: PrincipalName,
  viewer: Principal,
): Question[] {
  const ways = waysBelow(dice, names);
  return trials(new Hand(names, dice, who, viewer)).map(([name, input], i) => ({
    name: `${i}. ${name} ${JSON.stringify(input).slice(0, 300)}`,
    document: mutationDocument(schema, name, ways),
    variables: { input },
  }));
}

const trials = (h: Hand): Trial[] => [
  ...aboutIncidents(h),
  ...aboutEvals(h),
  ...aboutLineage(h),
  ...aboutReading(h),
  ...aboutSharing(h),
  ...aboutAccounts(h),
  ...aboutRegressions(h),
];
