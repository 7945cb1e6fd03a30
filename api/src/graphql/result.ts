import type { ObjectRef } from '@pothos/core';
import { LineageNodeRef } from '../lineage/lineage.refs.ts';
import { nodesByIds } from '../lineage/read-nodes.ts';
import type { GlobalType } from '../platform/global-id.ts';
import {
  ConflictRefusal,
  InputRefusal,
  NotFoundRefusal,
  Refusal,
  TransitionRefusal,
} from '../platform/refusal.ts';
import { builder, type Types } from './builder.ts';
import { IncidentStatusEnum } from './enums.ts';
import { loadIdentified, NodeInterface } from './node.ts';

const PATH =
  'Where in the input: field names and list indexes, outermost first; empty where it is about no field.';
const path = (refusal: Refusal) => refusal.path.map(String);

const ErrorInterface = builder.interfaceRef<Refusal>('Error').implement({
  description: 'An expected failure: nothing was changed.',
  fields: (t) => ({ message: t.exposeString('message', { description: 'What went wrong, in a sentence.' }) }),
});

const InputError = builder.objectRef<InputRefusal>('InputError').implement({
  interfaces: [ErrorInterface],
  description: 'The input is wrong in itself.',
  fields: (t) => ({
    path: t.stringList({ description: PATH, resolve: path }),
    expected: t.exposeString('expected', { nullable: true, description: 'What would have been right.' }),
  }),
});

const NotFoundError = builder.objectRef<NotFoundRefusal>('NotFoundError').implement({
  interfaces: [ErrorInterface],
  description: 'A reference leads to nothing that the viewer may see.',
  fields: (t) => ({
    path: t.stringList({ description: PATH, resolve: path }),
    ref: t.exposeString('ref', { nullable: true, description: 'The reference as it was given.' }),
    candidates: t.stringList({
      description: 'References of a like name that the viewer may see.',
      resolve: (refusal) => [...refusal.candidates],
    }),
  }),
});

const ConflictError = builder.objectRef<ConflictRefusal>('ConflictError').implement({
  interfaces: [ErrorInterface],
  description: 'The record as it stands contradicts the request.',
  fields: (t) => ({
    path: t.stringList({ description: PATH, resolve: path }),
    existing: t.field({
      type: NodeInterface,
      nullable: true,
      description: 'What is in the way, where the viewer may see it.',
      resolve: (refusal, _args, context) =>
        refusal.existing && loadIdentified(context, refusal.existing.type as GlobalType, refusal.existing.id),
    }),
    lineagePath: t.field({
      type: [LineageNodeRef],
      nullable: true,
      description:
        'For a refused cycle: the path that it would have closed, each depending on the next and the last on the first; null where the viewer sees none.',
      resolve: (refusal, _args, context) => refusal.lineagePath && nodesByIds(context, refusal.lineagePath),
    }),
  }),
});

const TransitionError = builder.objectRef<TransitionRefusal>('TransitionError').implement({
  interfaces: [ErrorInterface],
  description: 'The status may not change so from where it stands.',
  fields: (t) => ({
    path: t.stringList({ description: PATH, resolve: path }),
    from: t.field({
      type: IncidentStatusEnum,
      nullable: true,
      description: 'The status as it stands.',
      resolve: (refusal) => refusal.from as never,
    }),
    allowed: t.field({
      type: [IncidentStatusEnum],
      description: 'What it may change to.',
      resolve: (refusal) => [...refusal.allowed] as never,
    }),
  }),
});

/** Makes `NAMEResult = NAMESuccess | the four errors`. `name` is the mutation's, capitalised. */
export function resultUnion<S extends object>(name: string, success: ObjectRef<Types, S>) {
  return builder.unionType(`${name}Result`, {
    description: `What ${name.charAt(0).toLowerCase()}${name.slice(1)} answers: the thing made, or why nothing was changed.`,
    types: [success, InputError, NotFoundError, ConflictError, TransitionError],
    resolveType: (value) => {
      const refusal = refusals.get(value);
      if (refusal instanceof InputRefusal) return InputError;
      if (refusal instanceof NotFoundRefusal) return NotFoundError;
      if (refusal instanceof ConflictRefusal) return ConflictError;
      if (refusal instanceof TransitionRefusal) return TransitionError;
      return success;
    },
  });
}

/** What was refused, by the value that stands for it: graphql-js throws whatever value is itself an Error. */
const refusals = new WeakMap<object, Refusal>();

/** Runs a mutation's work; an expected failure becomes a value of the union. */
export async function answer<S>(work: () => Promise<S>): Promise<S | Refusal> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    const value = { ...error, message: error.message };
    refusals.set(value, error);
    return value;
  }
}
