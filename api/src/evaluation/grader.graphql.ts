import { builder } from '../graphql/builder.ts';
import { GraderKindEnum, StandardDecisionEnum } from '../graphql/enums.ts';
import { truncationsOf } from '../graphql/list-truncation.ts';
import { defineMutation } from '../graphql/mutation.ts';
import { NodeInterface, registerNode } from '../graphql/node.ts';
import { ActorRef, CitationRef, cited, ModelVersionRef } from '../lineage/lineage.refs.ts';
import { CitationInputRef } from '../lineage/lineage-inputs.refs.ts';
import { actorById } from '../lineage/read-actors.ts';
import { nodeById } from '../lineage/read-nodes.ts';
import { present, shown } from '../platform/shown.ts';
import { approveStandard } from './approve-standard.ts';
import { GraderRef, GraderVersionRef, StandardRef, StandardVersionRef } from './evaluation.refs.ts';
import type { StandardApprovalRow } from './evaluation.ts';
import { publishStandard } from './publish-standard.ts';
import {
  approvalsOfStandardVersion,
  graderById,
  graderVersionById,
  idByName,
  standardById,
  standardVersionById,
  versionsOfGrader,
  versionsOfStandard,
} from './read-evaluations.ts';
import { registerGrader } from './register-grader.ts';

registerNode('Grader', graderById);
registerNode('GraderVersion', graderVersionById);
registerNode('Standard', standardById);
registerNode('StandardVersion', standardVersionById);

GraderRef.implement({
  interfaces: [NodeInterface],
  description: 'Who or what judges samples, whatever its version.',
  fields: (t) => ({
    truncations: truncationsOf(t),
    id: t.id({
      description: 'The global id.',
      resolve: (row, _a, context) => context.ids.encode('Grader', row.id),
    }),
    name: t.exposeString('name', { description: "Its name, with the team's namespace where it has one." }),
    title: t.exposeString('title', { nullable: true, description: 'Its name for people.' }),
    versions: t.field({
      type: [GraderVersionRef],
      description: 'Its versions, newest recorded first.',
      resolve: (row, _a, context) => context.load(versionsOfGrader, row.id),
    }),
  }),
});

GraderVersionRef.implement({
  interfaces: [NodeInterface],
  description: 'A grader as it judged: its prompt, model and parser, its owner, and the standard it applies.',
  fields: (t) => ({
    id: t.id({
      description: 'The global id.',
      resolve: (row, _a, context) => context.ids.encode('GraderVersion', row.id),
    }),
    grader: t.field({
      type: GraderRef,
      description: 'The grader.',
      resolve: async (row, _a, context) => present(await context.load(graderById, row.graderId), 'grader'),
    }),
    name: t.exposeString('graderName', { description: "The grader's name." }),
    version: t.exposeString('version', { description: 'The version.' }),
    kind: t.expose('kind', { type: GraderKindEnum, description: 'Who or what it is.' }),
    prompt: t.exposeString('prompt', { nullable: true, description: 'What a judging model is told.' }),
    parser: t.exposeString('parser', { nullable: true, description: 'How its answer is read.' }),
    model: t.field({
      type: ModelVersionRef,
      nullable: true,
      description: 'The model version that judges.',
      resolve: (row, _a, context) =>
        row.modelVersionId === null ? null : context.load(nodeById, row.modelVersionId),
    }),
    owner: t.exposeString('owner', { nullable: true, description: 'Who answers for it.' }),
    approvedBy: t.exposeString('approvedBy', { nullable: true, description: 'Who approved it.' }),
    standardVersion: t.field({
      type: StandardVersionRef,
      nullable: true,
      description: 'The rubric or other standard that it applies.',
      resolve: (row, _a, context) =>
        row.standardVersionId === null ? null : context.load(standardVersionById, row.standardVersionId),
    }),
    citation: t.field({
      type: CitationRef,
      nullable: true,
      description: 'Where this comes from.',
      ...cited,
    }),
  }),
});

StandardRef.implement({
  interfaces: [NodeInterface],
  description: 'What counts as good behaviour: a rubric, constitution or policy, whatever its version.',
  fields: (t) => ({
    truncations: truncationsOf(t),
    id: t.id({
      description: 'The global id.',
      resolve: (row, _a, context) => context.ids.encode('Standard', row.id),
    }),
    name: t.exposeString('name', { description: "Its name, with the team's namespace where it has one." }),
    title: t.exposeString('title', { description: 'Its name for people.' }),
    kind: t.exposeString('kind', { description: 'Rubric, constitution, policy or the like.' }),
    versions: t.field({
      type: [StandardVersionRef],
      description: 'Its versions, newest recorded first.',
      resolve: (row, _a, context) => context.load(versionsOfStandard, row.id),
    }),
  }),
});

const StandardApprovalRef = builder.objectRef<StandardApprovalRow>('StandardApproval').implement({
  description: 'Who approved a version of a standard, or dissented.',
  fields: (t) => ({
    by: t.exposeString('by', { description: 'Who.' }),
    decision: t.expose('decision', { type: StandardDecisionEnum, description: 'What they decided.' }),
    comment: t.exposeString('comment', { nullable: true, description: 'What they said.' }),
    at: t.expose('at', { type: 'DateTime', nullable: true, description: 'When they decided, where known.' }),
    citation: t.field({
      type: CitationRef,
      nullable: true,
      description: 'Where this comes from; always there where somebody else recorded it.',
      ...cited,
    }),
    recordedBy: t.field({
      type: ActorRef,
      description: 'Who recorded it: themselves, or somebody who read of it.',
      resolve: async (row, _a, context) => present(await context.load(actorById, row.actorId), 'author'),
    }),
    recordedAt: t.expose('recordedAt', { type: 'DateTime', description: 'When Headwater learnt of it.' }),
  }),
});

StandardVersionRef.implement({
  interfaces: [NodeInterface],
  description: 'The text of a standard as it stood: by whom, and who approved it.',
  fields: (t) => ({
    truncations: truncationsOf(t),
    id: t.id({
      description: 'The global id.',
      resolve: (row, _a, context) => context.ids.encode('StandardVersion', row.id),
    }),
    standard: t.field({
      type: StandardRef,
      description: 'The standard.',
      resolve: async (row, _a, context) =>
        present(await context.load(standardById, row.standardId), 'standard'),
    }),
    version: t.exposeString('version', { description: 'The version.' }),
    label: t.string({
      description: 'The title and the version.',
      resolve: (row) => `${row.standardTitle} ${row.version}`,
    }),
    text: t.exposeString('text', { nullable: true, description: 'The text itself.' }),
    url: t.exposeString('url', { nullable: true, description: 'Where it is published.' }),
    authors: t.exposeStringList('authors', { description: 'Who wrote it.' }),
    approvals: t.field({
      type: [StandardApprovalRef],
      description:
        'Who approved it, and who dissented, in the order recorded: who changed their mind is there twice.',
      resolve: (row, _a, context) => context.load(approvalsOfStandardVersion, row.id),
    }),
    publishedAt: t.expose('publishedAt', {
      type: 'DateTime',
      nullable: true,
      description: 'When it was published.',
    }),
    citation: t.field({
      type: CitationRef,
      nullable: true,
      description: 'Where this comes from.',
      ...cited,
    }),
  }),
});

builder.queryFields((t) => ({
  grader: t.field({
    type: GraderRef,
    nullable: true,
    description: 'The grader of this name; null where there is none that the viewer may see.',
    args: { name: t.arg.string({ required: true, description: 'Its name.' }) },
    resolve: async (_root, { name }, context) => {
      const id = await idByName(context, 'grader', name);
      return id === null ? null : context.load(graderById, id);
    },
  }),
  standard: t.field({
    type: StandardRef,
    nullable: true,
    description: 'The standard of this name; null where there is none that the viewer may see.',
    args: { name: t.arg.string({ required: true, description: 'Its name.' }) },
    resolve: async (_root, { name }, context) => {
      const id = await idByName(context, 'standard', name);
      return id === null ? null : context.load(standardById, id);
    },
  }),
}));

const RegisterGraderInput = builder.inputType('RegisterGraderInput', {
  description: 'A version of a grader; the grader itself is made where the team has none of this name.',
  fields: (t) => ({
    name: t.string({ required: true, description: "The grader's name, unique in the team's namespace." }),
    version: t.string({ required: true, description: 'The version.' }),
    title: t.string({ description: 'Its name for people; taken where the grader is new.' }),
    kind: t.field({ type: GraderKindEnum, required: true, description: 'Who or what it is.' }),
    prompt: t.string({ description: 'What a judging model is told.' }),
    parser: t.string({ description: 'How its answer is read.' }),
    model: t.field({ type: 'NodeRef', description: 'The model version that judges.' }),
    owner: t.string({ description: 'Who answers for it.' }),
    approvedBy: t.string({ description: 'Who approved it.' }),
    standard: t.string({ description: 'The name of the standard that it applies.' }),
    standardVersion: t.string({ description: "The standard's version; the newest where left out." }),
    citation: t.field({ type: CitationInputRef, description: 'Where this comes from.' }),
    idempotencyKey: t.string({ description: 'The same key and body within 24 hours give the same answer.' }),
  }),
});

defineMutation({
  name: 'registerGrader',
  description: 'Registers a version of a grader.',
  input: RegisterGraderInput,
  success: (t) => ({
    graderVersion: t.field({
      type: GraderVersionRef,
      description: 'The version.',
      resolve: async (made, _a, context) =>
        shown(await context.load(graderVersionById, made.graderVersionId)),
    }),
  }),
  run: registerGrader,
});

const PublishStandardInput = builder.inputType('PublishStandardInput', {
  description: 'A version of a standard; the standard itself is made where the team has none of this name.',
  fields: (t) => ({
    name: t.string({ required: true, description: "The standard's name, unique in the team's namespace." }),
    title: t.string({ required: true, description: 'Its name for people; taken where the standard is new.' }),
    kind: t.string({
      required: true,
      description: 'Rubric, constitution, policy or the like; taken where it is new.',
    }),
    version: t.string({ required: true, description: 'The version.' }),
    text: t.string({ description: 'The text itself.' }),
    url: t.string({ description: 'Where it is published.' }),
    authors: t.stringList({ description: 'Who wrote it.' }),
    publishedAt: t.field({ type: 'DateTime', description: 'When it was published.' }),
    citation: t.field({ type: CitationInputRef, description: 'Where this comes from.' }),
    idempotencyKey: t.string({ description: 'The same key and body within 24 hours give the same answer.' }),
  }),
});

defineMutation({
  name: 'publishStandard',
  description: 'Publishes a version of a rubric, constitution or policy.',
  input: PublishStandardInput,
  success: (t) => ({
    standardVersion: t.field({
      type: StandardVersionRef,
      description: 'The version.',
      resolve: async (made, _a, context) =>
        shown(await context.load(standardVersionById, made.standardVersionId)),
    }),
  }),
  run: publishStandard,
});

const ApproveStandardInput = builder.inputType('ApproveStandardInput', {
  description: 'A decision on a version of a standard: approval, dissent or abstention.',
  fields: (t) => ({
    standard: t.string({ required: true, description: 'The name of the standard.' }),
    version: t.string({ description: 'The version; the newest where left out.' }),
    decision: t.field({ type: StandardDecisionEnum, required: true, description: 'What was decided.' }),
    by: t.string({
      description: 'Who decided: whoever sends this where left out. For anybody else a citation is needed.',
    }),
    comment: t.string({ description: 'What they said. A dissent says why.' }),
    at: t.field({
      type: 'DateTime',
      description: "When it was decided; now for one's own decision where left out.",
    }),
    citation: t.field({ type: CitationInputRef, description: 'Where this comes from.' }),
    idempotencyKey: t.string({ description: 'The same key and body within 24 hours give the same answer.' }),
  }),
});

defineMutation({
  name: 'approveStandard',
  description:
    'Records who approved a version of a standard, or dissented from it. Nothing is replaced: dissent stays.',
  input: ApproveStandardInput,
  success: (t) => ({
    standardVersion: t.field({
      type: StandardVersionRef,
      description: 'The version, with all decisions on it.',
      resolve: async (made, _a, context) =>
        shown(await context.load(standardVersionById, made.standardVersionId)),
    }),
  }),
  run: approveStandard,
});
