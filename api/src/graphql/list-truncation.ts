import {
  defaultFieldResolver,
  type GraphQLField,
  type GraphQLObjectType,
  type GraphQLResolveInfo,
  type GraphQLSchema,
  getNamedType,
  getNullableType,
  isCompositeType,
  isListType,
  isObjectType,
} from 'graphql';
import type { Context } from '../context.ts';
import { cutList, totalOf } from '../platform/listed.ts';
import { builder, type Types } from './builder.ts';
import { soon } from './loaded.ts';

interface ListTruncation {
  field: string;
  shown: number;
  total: number | null;
}

export const ListTruncationRef = builder.objectRef<ListTruncation>('ListTruncation').implement({
  description: 'A list of a thing that is not shown whole.',
  fields: (t) => ({
    field: t.exposeString('field', { description: 'The name of the field that holds the list.' }),
    reason: t.string({
      description: 'What cut it: LIMIT, at most 1,000 things in a plain list.',
      resolve: () => 'LIMIT',
    }),
    shown: t.exposeInt('shown', { description: 'How many of them the field shows.' }),
    total: t.exposeInt('total', {
      nullable: true,
      description: 'How many there are that the viewer may see; null where they are not counted.',
    }),
  }),
});

const TRUNCATIONS = 'truncations';

/** The field `truncations`, for every type that has plain lists. */
export function truncationsOf(t: Pick<PothosSchemaTypes.FieldBuilder<Types, never>, 'field' | 'arg'>) {
  return t.field({
    type: [ListTruncationRef],
    description:
      'Which of its lists hold more than they show, whatever else is asked; empty where none does.',
    args: { knownOn: t.arg({ type: 'DateTime', description: 'For lists that are as known on a moment.' }) },
    resolve: truncations as never,
  });
}

type ListField = GraphQLField<unknown, Context>;

/** Answers whose lists are bounded otherwise, each with its reason: the architecture test keeps to it. */
export const BOUNDED_OTHERWISE: ReadonlyMap<string, string> = new Map([
  ['LineageGraph', 'has a limit of its own and `truncated`'],
  ['LineageTruncation', 'lists nodes of the answer'],
  ['LineageChanges', 'has a limit of its own and `truncated`'],
  ['LineageChangesTruncation', 'lists fields of the answer'],
  ['LineagePath', 'is one path, and a part of it would be none'],
  ['ExposureLoss', 'lists 100 at most'],
  ['GraderAgreement', 'lists 20 subjects at most'],
  ['AgreementSubject', 'lists every two of 10 graders at most'],
  ['DocumentHandle', 'lists 100 sightings at most'],
  ['EvalSample', 'lists what the behaviours of one evaluation came to'],
  ['ImportReading', 'was bounded when it was recorded'],
  ['SampleTranscript', 'has `messageCount` and `cuts`'],
  ['TranscriptMessage', 'shows 200 parts at most and says what it leaves out'],
  ['TranscriptScore', 'shows 100 edits at most'],
  ['TransitionError', 'lists statuses'],
  ['ConflictError', 'shows one path'],
  ['Viewer', 'lists the teams of one person'],
  ['BehaviorByTaskArg', 'lists 50 at most'],
  ['LogModel', 'lists five at most'],
  ['RuleToPropose', 'lists eight at most'],
  ['ScoredOutcomes', 'lists 50 at most'],
  ['ScoringPreview', 'has one for each scorer of a name in one run'],
  ['RescoreEvalRunSuccess', 'has one for each scorer of a name in one run'],
  ['RegressionRule', 'compares with 20 at most'],
  ['RegressionPreview', 'lists the 50 newest'],
  ['Query', 'takes `first`, or the ids asked for'],
]);

/** The fields of a type that are plain lists of things: no list of words, and no page of a connection. */
export function plainLists(type: GraphQLObjectType): ListField[] {
  if (BOUNDED_OTHERWISE.has(type.name) || type.name.endsWith('Connection')) return [];
  return Object.values(type.getFields()).filter((field) => {
    const things = isCompositeType(getNamedType(field.type)) && isListType(getNullableType(field.type));
    return things && field.name !== TRUNCATIONS;
  });
}

/** Whatever a store hands over, a plain list shows at most what it may. */
export function cuttingLists(schema: GraphQLSchema): GraphQLSchema {
  for (const type of Object.values(schema.getTypeMap())) {
    if (!isObjectType(type)) continue;
    for (const field of plainLists(type)) {
      const resolve = field.resolve ?? defaultFieldResolver;
      field.resolve = (...asked) => soon(resolve(...asked) as unknown, cut);
    }
  }
  return schema;
}

const cut = (list: unknown) => (Array.isArray(list) ? cutList(list) : list);

/** Reads every list of the thing as its field does: the loaders have what the same query asked for already. */
async function truncations(
  source: unknown,
  args: { knownOn?: Date | null },
  context: Context,
  info: GraphQLResolveInfo,
): Promise<ListTruncation[]> {
  const found = await Promise.all(
    plainLists(info.parentType).map(async (field) => {
      const takes = field.args.some((argument) => argument.name === 'knownOn');
      const resolve = field.resolve ?? defaultFieldResolver;
      const list: unknown = await resolve(source, takes ? { knownOn: args.knownOn } : {}, context, info);
      if (!Array.isArray(list)) return [];
      const total = totalOf(list);
      return total === list.length ? [] : [{ field: field.name, shown: list.length, total }];
    }),
  );
  return found.flat();
}
