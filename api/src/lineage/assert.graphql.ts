import { builder } from '../graphql/builder.ts';
import { AmountUnitEnum, ClaimPropertyEnum, LineageEdgeKindEnum } from '../graphql/enums.ts';
import { defineMutation } from '../graphql/mutation.ts';
import { loadIdentified, NodeInterface } from '../graphql/node.ts';
import type { GlobalType } from '../platform/global-id.ts';
import { present } from '../platform/present.ts';
import { addAlias } from './add-alias.ts';
import { assertClaim } from './assert-claim.ts';
import { assertComposition } from './assert-composition.ts';
import { assertEdge } from './assert-edge.ts';
import { disputeAssertion } from './dispute-assertion.ts';
import {
  AliasRef,
  ClaimRef,
  CompositionRef,
  DisputeRef,
  LineageEdgeRef,
  LineageNodeRef,
} from './lineage.refs.ts';
import { CitationInputRef, CompositionInputRef } from './lineage-inputs.refs.ts';
import { aliasById, claimById, compositionAt, disputeById, edgeById } from './read-assertions.ts';
import { nodeById } from './read-nodes.ts';
import { retractAssertion } from './retract-assertion.ts';
import { edgeView } from './views.ts';

export const IDEMPOTENCY =
  'The same key with the same input within 24 hours gives the same answer; with another input it is refused.';
const REPLACES = 'What this replaces: it is retracted in the same transaction.';
const REASON = 'Why, for the record.';
const CITATION = 'Where it comes from.';

defineMutation({
  name: 'assertComposition',
  description: 'States what a training run, transformation or dataset version was made of.',
  input: builder.inputType('AssertCompositionInput', {
    description: 'A statement of all the inputs of a thing.',
    fields: (t) => ({
      node: t.field({ type: 'NodeRef', required: true, description: 'What it is about.' }),
      output: t.field({
        type: 'NodeRef',
        description: 'The one output of a transformation that it is about.',
      }),
      composition: t.field({ type: CompositionInputRef, required: true, description: 'The statement.' }),
      replaces: t.id({ description: REPLACES }),
      reason: t.string({ description: REASON }),
      idempotencyKey: t.string({ description: IDEMPOTENCY }),
    }),
  }),
  run: assertComposition,
  success: (t) => ({
    composition: t.field({
      type: CompositionRef,
      description: 'The statement as recorded.',
      resolve: async (made, _args, context) => {
        const knownOn = await context.knownOn();
        const composition = await compositionAt(context, made.compositionId, knownOn);
        return { ...present(composition, 'The composition'), knownOn };
      },
    }),
  }),
});

defineMutation({
  name: 'assertEdge',
  description: 'Asserts that one node depends on another. Mixtures are better stated as a composition.',
  input: builder.inputType('AssertEdgeInput', {
    description: 'One edge.',
    fields: (t) => ({
      kind: t.field({ type: LineageEdgeKindEnum, required: true, description: 'How it depends.' }),
      downstream: t.field({ type: 'NodeRef', required: true, description: 'The dependent.' }),
      upstream: t.field({ type: 'NodeRef', required: true, description: 'What it depends on.' }),
      amount: t.float({
        description: "How much: of a model version's GENERATED_BY, the tokens that the run had seen.",
      }),
      unit: t.field({ type: AmountUnitEnum, description: 'What the amount counts.' }),
      occurredAt: t.field({ type: 'DateTime', description: 'When it happened.' }),
      citation: t.field({ type: CitationInputRef, description: CITATION }),
      replaces: t.id({ description: REPLACES }),
      reason: t.string({ description: REASON }),
      idempotencyKey: t.string({ description: IDEMPOTENCY }),
    }),
  }),
  run: assertEdge,
  success: (t) => ({
    edge: t.field({
      type: LineageEdgeRef,
      description: 'The edge as recorded.',
      resolve: async (made, _args, context) =>
        edgeView(present(await context.load(edgeById, made.edgeId), 'The edge'), await context.knownOn()),
    }),
  }),
});

defineMutation({
  name: 'assertClaim',
  description: 'Says something of a node: a count, a licence, a title. Other claims stay beside it.',
  input: builder.inputType('AssertClaimInput', {
    description: 'A claim, with the one value that its property takes.',
    fields: (t) => ({
      node: t.field({ type: 'NodeRef', required: true, description: 'What it is about.' }),
      property: t.field({ type: ClaimPropertyEnum, required: true, description: 'What is said.' }),
      number: t.float({ description: 'The value of a count.' }),
      text: t.string({ description: 'The value of a text.' }),
      time: t.field({ type: 'DateTime', description: 'The value of a date.' }),
      citation: t.field({ type: CitationInputRef, description: CITATION }),
      replaces: t.id({ description: REPLACES }),
      reason: t.string({ description: REASON }),
      idempotencyKey: t.string({ description: IDEMPOTENCY }),
    }),
  }),
  run: assertClaim,
  success: (t) => ({
    claim: t.field({
      type: ClaimRef,
      description: 'The claim as recorded.',
      resolve: async (made, _args, context) => ({
        ...present(await context.load(claimById, made.claimId), 'The claim'),
        knownOn: await context.knownOn(),
      }),
    }),
  }),
});

defineMutation({
  name: 'dispute',
  description: 'Disagrees with an edge, claim, composition or node. It stays, marked as disputed.',
  input: builder.inputType('DisputeInput', {
    description: 'A disagreement.',
    fields: (t) => ({
      target: t.id({ required: true, description: 'What is disputed.' }),
      statement: t.string({ required: true, description: 'What is wrong with it.' }),
      shareLower: t.float({ description: 'The least share that would be right.' }),
      shareUpper: t.float({ description: 'The greatest share that would be right.' }),
      citation: t.field({ type: CitationInputRef, description: CITATION }),
      idempotencyKey: t.string({ description: IDEMPOTENCY }),
    }),
  }),
  run: disputeAssertion,
  success: (t) => ({
    dispute: t.field({
      type: DisputeRef,
      description: 'The dispute as recorded.',
      resolve: async (made, _args, context) => ({
        ...present(await context.load(disputeById, made.disputeId), 'The dispute'),
        knownOn: await context.knownOn(),
      }),
    }),
  }),
});

defineMutation({
  name: 'retract',
  description:
    'Takes back an edge, claim, composition, dispute, alias, content measurement or node, an incident or eval run only with the scope that records it, too. Answers about earlier dates stay as they were.',
  input: builder.inputType('RetractInput', {
    description: 'What to take back, and why.',
    fields: (t) => ({
      target: t.id({ required: true, description: 'What to take back.' }),
      reason: t.string({ required: true, description: 'Why.' }),
      replacedBy: t.field({ type: 'NodeRef', description: 'The node that stands in its place, for a node.' }),
      idempotencyKey: t.string({ description: IDEMPOTENCY }),
    }),
  }),
  run: retractAssertion,
  success: (t) => ({
    retracted: t.field({
      type: NodeInterface,
      description: 'What was taken back.',
      resolve: async (made, _args, context) =>
        present(await loadIdentified(context, made.type as GlobalType, made.id), 'What was retracted'),
    }),
  }),
});

defineMutation({
  name: 'addAlias',
  description: "Gives a node another name, in the team's namespace.",
  input: builder.inputType('AddAliasInput', {
    description: 'Another name of a node.',
    fields: (t) => ({
      alias: t.field({ type: 'NodeRef', required: true, description: 'The name: kind:name[@version].' }),
      node: t.field({ type: 'NodeRef', required: true, description: 'What it names.' }),
      replacing: t.boolean({
        defaultValue: false,
        description:
          "Whether a dataset version of the team's that has this name gives it up, as one that an import made of a bare name: it is retracted with the node in its place, and the team's eval runs that were tested on it are said to be tested on the node.",
      }),
      citation: t.field({ type: CitationInputRef, description: CITATION }),
      idempotencyKey: t.string({ description: IDEMPOTENCY }),
    }),
  }),
  run: addAlias,
  success: (t) => ({
    node: t.field({
      type: LineageNodeRef,
      description: 'What the alias leads to.',
      resolve: async (made, _args, context) => present(await context.load(nodeById, made.nodeId), 'The node'),
    }),
    alias: t.field({
      type: AliasRef,
      description: 'The alias as recorded.',
      resolve: async (made, _args, context) =>
        present(await context.load(aliasById, made.aliasId), 'The alias'),
    }),
  }),
});
