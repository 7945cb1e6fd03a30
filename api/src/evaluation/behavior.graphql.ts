import { builder } from '../graphql/builder.ts';
import { connectionOf, forwardArguments, pageArguments } from '../graphql/connection.ts';
import { truncationsOf } from '../graphql/list-truncation.ts';
import { defineMutation } from '../graphql/mutation.ts';
import { NodeInterface, registerNode } from '../graphql/node.ts';
import { shown } from '../platform/shown.ts';
import { BehaviorRef } from './evaluation.refs.ts';
import type { TaxonomyMappingRow } from './evaluation.ts';
import { MeasurementConnection } from './measurement.connection.refs.ts';
import { measurementsOfBehavior } from './read-eval-runs.ts';
import { behaviorById, idByName, listBehaviors, mappingsOfBehavior } from './read-evaluations.ts';
import { registerBehavior } from './register-behavior.ts';

registerNode('Behavior', behaviorById);

const TaxonomyMappingRef = builder.objectRef<TaxonomyMappingRow>('TaxonomyMapping').implement({
  description: 'Where a behaviour stands in a public taxonomy.',
  fields: (t) => ({
    taxonomy: t.exposeString('taxonomy', { description: "The taxonomy's name." }),
    code: t.exposeString('code', { description: 'The place in it.' }),
    label: t.exposeString('label', { nullable: true, description: 'What the taxonomy calls it.' }),
    url: t.exposeString('url', { nullable: true, description: 'Where the taxonomy describes it.' }),
  }),
});

BehaviorRef.implement({
  interfaces: [NodeInterface],
  description: 'A category of what models do, such as blackmail or sandbagging.',
  fields: (t) => ({
    truncations: truncationsOf(t),
    id: t.id({
      description: 'The global id.',
      resolve: (row, _a, context) => context.ids.encode('Behavior', row.id),
    }),
    name: t.exposeString('name', { description: "Its name, with the team's namespace where it has one." }),
    title: t.exposeString('title', { description: 'Its name for people.' }),
    description: t.exposeString('description', { nullable: true, description: 'What counts as it.' }),
    mappings: t.field({
      type: [TaxonomyMappingRef],
      description: 'Where it stands in public taxonomies.',
      resolve: (row, _a, context) => context.load(mappingsOfBehavior, row.id),
    }),
    measurements: t.field({
      type: MeasurementConnection,
      description: 'Its measurements, newest recorded first.',
      args: forwardArguments(t),
      resolve: (row, args, context) => measurementsOfBehavior(context, row.id, args),
    }),
  }),
});

const BehaviorConnection = connectionOf('Behavior', BehaviorRef);

builder.queryFields((t) => ({
  behavior: t.field({
    type: BehaviorRef,
    nullable: true,
    description: 'The behaviour of this name; null where there is none that the viewer may see.',
    args: { name: t.arg.string({ required: true, description: 'Its name, such as blackmail.' }) },
    resolve: async (_root, { name }, context) => {
      const id = await idByName(context, 'behavior', name);
      return id === null ? null : context.load(behaviorById, id);
    },
  }),
  behaviors: t.field({
    type: BehaviorConnection,
    description: 'Behaviours by name.',
    args: {
      search: t.arg.string({ description: 'Only those whose name, title or description holds this.' }),
      ...pageArguments(t),
    },
    resolve: (_root, args, context) => listBehaviors(context, args),
  }),
}));

const TaxonomyMappingInput = builder.inputType('TaxonomyMappingInput', {
  description: 'Where a behaviour stands in a public taxonomy.',
  fields: (t) => ({
    taxonomy: t.string({ required: true, description: "The taxonomy's name." }),
    code: t.string({ required: true, description: 'The place in it.' }),
    label: t.string({ description: 'What the taxonomy calls it.' }),
    url: t.string({ description: 'Where the taxonomy describes it.' }),
  }),
});

const RegisterBehaviorInput = builder.inputType('RegisterBehaviorInput', {
  description: 'A category of what models do.',
  fields: (t) => ({
    name: t.string({ required: true, description: "Its name, unique in the team's namespace." }),
    title: t.string({ required: true, description: 'Its name for people.' }),
    description: t.string({ description: 'What counts as it.' }),
    mappings: t.field({ type: [TaxonomyMappingInput], description: 'Where it stands in public taxonomies.' }),
    idempotencyKey: t.string({ description: 'The same key and body within 24 hours give the same answer.' }),
  }),
});

defineMutation({
  name: 'registerBehavior',
  description: 'Registers a category of what models do.',
  input: RegisterBehaviorInput,
  success: (t) => ({
    behavior: t.field({
      type: BehaviorRef,
      description: 'The behaviour.',
      resolve: async (made, _a, context) => shown(await context.load(behaviorById, made.behaviorId)),
    }),
  }),
  run: registerBehavior,
});
