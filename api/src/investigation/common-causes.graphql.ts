import { ContentTagRef } from '../dataset/dataset.refs.ts';
import { contentTagById } from '../dataset/read-datasets.ts';
import { BehaviorRef } from '../evaluation/evaluation.refs.ts';
import { builder } from '../graphql/builder.ts';
import { CommonCauseStateEnum, LineageEdgeGroupEnum } from '../graphql/enums.ts';
import { truncationsOf } from '../graphql/list-truncation.ts';
import { IncidentRef, LineageNodeRef, ModelVersionRef, SourceRef } from '../lineage/lineage.refs.ts';
import { groupOf } from '../lineage/nodes-of-groups.ts';
import { on } from '../lineage/views.ts';
import { type ExposureCounts, knownIn, LEVEL } from './common-causes.ts';
import {
  type CauseView,
  type ComparisonView,
  compareIncidents,
  firstCauses,
  MOST_CASES,
  MOST_FIRST,
  MOST_INCIDENTS,
  MOST_OTHERS,
  THRESHOLD,
} from './read-common-causes.ts';

const ExposureCountsRef = builder.objectRef<ExposureCounts>('ExposureCounts').implement({
  description: 'How many model versions of a lot are exposed to something.',
  fields: (t) => ({
    exposed: t.exposeInt('exposed', { description: 'How many certainly are, above the threshold.' }),
    of: t.int({
      description: 'Of how many it is known whether they are: the fraction is the first of these.',
      resolve: knownIn,
    }),
    unknown: t.exposeInt('unknown', {
      description:
        'Of how many it is not known: parties differ, a tag is not measured, or what is unaccounted may hold it. Counted on neither side.',
    }),
  }),
});

const CommonCauseRef = builder.objectRef<CauseView>('CommonCause');
const ComparisonRef = builder.objectRef<ComparisonView>('CommonCauseComparison');

CommonCauseRef.implement({
  description:
    'A source, a content tag or a writing model to which the model versions behind the incidents are, or may be, exposed, and how often others are. A difference is no proof of a cause: model versions that share a base share its data, and count as if they did not.',
  fields: (t) => ({
    source: t.field({
      type: SourceRef,
      nullable: true,
      description: 'The source, where it is one.',
      resolve: (cause, _args, context) => groupOf(context, on(cause, cause.comparison.knownOn), 'SOURCE'),
    }),
    contentTag: t.field({
      type: ContentTagRef,
      nullable: true,
      description: 'The content tag, where it is one.',
      resolve: (cause, _args, context) =>
        cause.groupKind === 'CONTENT_TAG' ? context.load(contentTagById, cause.group) : null,
    }),
    generatedBy: t.field({
      type: ModelVersionRef,
      nullable: true,
      description: 'The model version that wrote the text, where one did.',
      resolve: (cause, _args, context) =>
        groupOf(context, on(cause, cause.comparison.knownOn), 'GENERATED_BY'),
    }),
    state: t.expose('state', { type: CommonCauseStateEnum, description: 'What can be said of it.' }),
    modelVersions: t.field({
      type: ExposureCountsRef,
      description: "The incidents' model versions.",
      resolve: (cause) => cause.cases,
    }),
    others: t.field({
      type: ExposureCountsRef,
      description: 'Model versions that were measured for the behaviours and showed none of them.',
      resolve: (cause) => cause.others,
    }),
    lift: t.exposeFloat('lift', {
      nullable: true,
      description:
        "The fraction of the incidents' model versions that are exposed, over the fraction of the others. Null where none of the others is, so that it would be larger than any number, or where a fraction is of none.",
    }),
    pValue: t.exposeFloat('pValue', {
      description:
        "Fisher's exact p, two-sided: how likely as uneven a division would be by chance. Not corrected.",
    }),
    correctedPValue: t.exposeFloat('correctedPValue', {
      nullable: true,
      description: 'By Holm, for how many were tested; null where there are too few to say.',
    }),
    comparison: t.field({
      type: ComparisonRef,
      description: 'Who is compared with whom.',
      resolve: (cause) => cause.comparison,
    }),
  }),
});

const ReachedApartRef = builder.objectRef<ComparisonView['apart'][number]>('ReachedApart').implement({
  description:
    "What the incidents' model versions depend on otherwise than by data. It is listed, and neither counted as exposure nor tested.",
  fields: (t) => ({
    node: t.field({
      type: LineageNodeRef,
      description: 'A source, a dataset version or a model version.',
      resolve: (row) => row.node,
    }),
    via: t.field({
      type: LineageEdgeGroupEnum,
      description:
        'By which group of edges, with data: INFLUENCE (wrote, taught or rewarded), EVALUATION (what they were tested on and judged by), REVISION (what their data replaces).',
      resolve: (row) => row.group,
    }),
    modelVersions: t.int({
      description: "How many of the incidents' model versions it is behind so.",
      resolve: (row) => row.first,
    }),
    others: t.int({ description: 'How many of the others.', resolve: (row) => row.second }),
  }),
});

ComparisonRef.implement({
  description:
    'The model versions behind some incidents, beside those that were measured for the same behaviours and showed none of them: what the first share that the second lack.',
  fields: (t) => ({
    truncations: truncationsOf(t),
    knownOn: t.expose('knownOn', { type: 'DateTime', description: 'The moment that the answer holds for.' }),
    incidents: t.field({
      type: [IncidentRef],
      description: 'The incidents, each once.',
      resolve: (one) => one.incidents,
    }),
    behaviors: t.field({
      type: [BehaviorRef],
      description: 'The behaviours of the incidents.',
      resolve: (one) => one.behaviors,
    }),
    threshold: t.exposeFloat('threshold', {
      description: 'Exposed is who was given more than this share in some stage of the training.',
    }),
    modelVersions: t.field({
      type: [ModelVersionRef],
      description: `Linked to the incidents, or examined by their eval runs; at most ${MOST_CASES}.`,
      resolve: (one) => one.cases,
    }),
    others: t.field({
      type: [ModelVersionRef],
      description: `Measured for some of the behaviours, and without any of them in all that was measured, nor in an incident that holds; the newest, at most ${MOST_OTHERS}.`,
      resolve: (one) => one.others,
    }),
    showing: t.exposeInt('showing', {
      description:
        'How many more were measured, are of none of the incidents, and show some of the behaviours: in neither lot.',
    }),
    undecided: t.int({
      description:
        'How many more were measured of which it cannot be told whether they do ("at most 3 %"): in neither lot.',
      resolve: (one) => one.open,
    }),
    tested: t.exposeInt('tested', { description: 'For how many p is corrected: those that can be told.' }),
    causeCount: t.int({
      description: 'How many causes there are in all.',
      resolve: (one) => one.causes.length,
    }),
    causes: t.field({
      type: [CommonCauseRef],
      description: 'What can be told first, then by lift, then by p.',
      args: { first: t.arg.int({ description: `At most so many: 20 by default, ${MOST_FIRST} at most.` }) },
      resolve: (one, { first }) => firstCauses(one, first),
    }),
    apart: t.field({
      type: [ReachedApartRef],
      description: 'What the first lot depends on otherwise than by data: what most of it does first.',
      resolve: (one) => one.apart,
    }),
  }),
});

const RULE = `Those exposed above the threshold are counted among the incidents' model versions and among model versions that were measured for the same behaviours and showed none; p is Fisher's, corrected by Holm, at a level of ${LEVEL}.`;

builder.queryFields((t) => {
  const args = {
    incidents: t.arg({
      type: ['NodeRef'],
      required: true,
      description: `The incidents: 1 to ${MOST_INCIDENTS}.`,
    }),
    threshold: t.arg.float({
      description: `The share of some stage above which a model version counts as exposed: ${THRESHOLD} by default, which published shares are rounded by.`,
    }),
  };
  return {
    commonCauses: t.field({
      type: [CommonCauseRef],
      description: `Sources, content tags and writing models that the models behind several incidents share, what can be told first, then by lift. ${RULE} \`comparison\` says who was compared, and what was left out.`,
      args: {
        ...args,
        first: t.arg.int({ description: `At most so many: 20 by default, ${MOST_FIRST} at most.` }),
      },
      resolve: async (_root, { first, ...asked }, context) =>
        firstCauses(await compareIncidents(context, asked), first),
    }),
    commonCauseComparison: t.field({
      type: ComparisonRef,
      description: `The same as commonCauses, with who is compared with whom. ${RULE}`,
      args,
      resolve: (_root, asked, context) => compareIncidents(context, asked),
    }),
  };
});
