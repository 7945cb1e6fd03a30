import { builder } from '../../graphql/builder.ts';
import { defineMutation } from '../../graphql/mutation.ts';
import { idOf, NodeInterface, registerNode } from '../../graphql/node.ts';
import { ActorRef, ModelVersionRef } from '../../lineage/lineage.refs.ts';
import { actorById } from '../../lineage/read-actors.ts';
import { nodeById } from '../../lineage/read-nodes.ts';
import { present, shown } from '../../platform/shown.ts';
import { ImportRef } from '../interchange.refs.ts';
import { confirmModelAlias, retractModelAlias } from './confirm-model-alias.ts';
import type { ModelAliasRow } from './model-alias.ts';
import {
  aliasOfName,
  candidatesFor,
  type LogModel,
  modelAliasById,
  modelsOfImport,
} from './read-model-aliases.ts';

registerNode('ModelAlias', modelAliasById);

const ModelAliasRef = builder.objectRef<ModelAliasRow>('ModelAlias').implement({
  interfaces: [NodeInterface],
  description: 'The name by which logs call a model, as a person of a team confirmed it once.',
  fields: (t) => ({
    id: t.id(idOf('ModelAlias')),
    name: t.exposeString('name', { description: 'The name, as logs write it.' }),
    modelVersion: t.field({
      type: ModelVersionRef,
      description: 'What is meant.',
      resolve: async (row, _a, context) =>
        present(await context.load(nodeById, row.modelVersionId), 'model version'),
    }),
    confirmedBy: t.field({
      type: ActorRef,
      description: 'The person who said so.',
      resolve: async (row, _a, context) => present(await context.load(actorById, row.actorId), 'person'),
    }),
    recordedAt: t.expose('recordedAt', { type: 'DateTime', description: 'When they did.' }),
    retractedAt: t.expose('retractedAt', {
      type: 'DateTime',
      nullable: true,
      description: 'When it was taken back.',
    }),
  }),
});

const LogModelRef = builder.objectRef<LogModel>('LogModel').implement({
  description: 'A model that a file of results examined, as the file calls it.',
  fields: (t) => ({
    name: t.exposeString('name', {
      description:
        'The name in the file, with the version after an @ where the file states one: what a person confirms.',
    }),
    recordedAs: t.field({
      type: ModelVersionRef,
      nullable: true,
      description: 'What it was recorded as; null where that may not be seen.',
      resolve: ({ recordedAs }) => recordedAs,
    }),
    alias: t.field({
      type: ModelAliasRef,
      nullable: true,
      description:
        "What the viewer's team confirmed that the name means, for later imports; null where nothing.",
      resolve: ({ name }, _a, context) => aliasOfName(context, name),
    }),
    candidates: t.field({
      type: [ModelVersionRef],
      description:
        'Up to five model versions of a like name: for a person to say whether one of them is meant.',
      resolve: (model, _a, context) => candidatesFor(context, model),
    }),
  }),
});

builder.objectFields(ImportRef, (t) => ({
  model: t.field({
    type: LogModelRef,
    nullable: true,
    description: 'The first of `models`; null where there is none.',
    resolve: async (row, _a, context) => (await modelsOfImport(context, row))[0] ?? null,
  }),
  models: t.field({
    type: [LogModelRef],
    description:
      'The models that were examined, as the file calls them, each once, over the eval runs that are shown of it: the first 50, and `truncations` says of how many. Of runs that an earlier version recorded nothing is told but of Inspect logs.',
    resolve: (row, _a, context) => modelsOfImport(context, row),
  }),
}));

const KEY = 'The same key and body within 24 hours give the same answer.';

const ConfirmModelAliasInput = builder.inputType('ConfirmModelAliasInput', {
  description: "A person's word on what logs mean by a name.",
  fields: (t) => ({
    name: t.string({ required: true, description: 'The name, as logs write it.' }),
    modelVersion: t.field({ type: 'NodeRef', required: true, description: 'What is meant.' }),
    idempotencyKey: t.string({ description: KEY }),
  }),
});

const made = (row: ModelAliasRow | null) => shown(row);

defineMutation({
  name: 'confirmModelAlias',
  description:
    'Confirms what logs mean by the name of a model: later imports of the team take it. Runs that are recorded stay what they are.',
  input: ConfirmModelAliasInput,
  success: (t) => ({
    modelAlias: t.field({
      type: ModelAliasRef,
      description: 'The name.',
      resolve: async ({ modelAliasId }, _a, context) =>
        made(await context.load(modelAliasById, modelAliasId)),
    }),
  }),
  run: confirmModelAlias,
});

const RetractModelAliasInput = builder.inputType('RetractModelAliasInput', {
  description: 'A name that is taken back.',
  fields: (t) => ({
    modelAlias: t.id({ required: true, description: 'The name.' }),
    reason: t.string({ required: true, description: 'Why.' }),
    idempotencyKey: t.string({ description: KEY }),
  }),
});

defineMutation({
  name: 'retractModelAlias',
  description: 'Takes the name of a model back: later imports do as if it had never been confirmed.',
  input: RetractModelAliasInput,
  success: (t) => ({
    modelAlias: t.field({
      type: ModelAliasRef,
      description: 'The name.',
      resolve: async ({ modelAliasId }, _a, context) =>
        made(await context.load(modelAliasById, modelAliasId)),
    }),
  }),
  run: retractModelAlias,
});
