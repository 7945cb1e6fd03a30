// Who may see a thing, on every type that can be shared.
import type { ObjectRef } from '@pothos/core';
import { PermissionRef } from '../access/access.refs.ts';
import { arePeopleTold, findPeople, peopleToTell, sharingOf } from '../access/read-sharing.ts';
import { shareWith } from '../access/share-with.ts';
import { mayShare, type Shareable, type Shared } from '../access/sharing.ts';
import { DatasetRef } from '../dataset/dataset.refs.ts';
import { EvaluationRef } from '../evaluation/evaluation.refs.ts';
import { builder, type Types } from '../graphql/builder.ts';
import { VisibilityEnum } from '../graphql/enums.ts';
import { truncationsOf } from '../graphql/list-truncation.ts';
import { defineMutation } from '../graphql/mutation.ts';
import { loadIdentified, NodeInterface } from '../graphql/node.ts';
import { EvidenceRef } from '../incident/incident.refs.ts';
import { HypothesisRef } from '../investigation/investigation.refs.ts';
import {
  ActorRef,
  DatasetVersionRef,
  EvalRunRef,
  IncidentRef,
  ModelVersionRef,
  SourceRef,
} from '../lineage/lineage.refs.ts';
import { ModelRef } from '../model/model.refs.ts';
import type { GlobalType } from '../platform/global-id.ts';
import { shown } from '../platform/shown.ts';

const SharingRef = builder.objectRef<Shared>('Sharing').implement({
  description:
    'Who may see a thing. Whoever recorded it, auditors and administrators always may; so may its team, unless it is restricted.',
  fields: (t) => ({
    truncations: truncationsOf(t),
    visibility: t.field({
      type: VisibilityEnum,
      description: 'How widely it may be seen.',
      resolve: (shared) => shared.visibility as never,
    }),
    people: t.field({
      type: [ActorRef],
      description: 'Those who may see it besides, by name; none where they are not told.',
      resolve: (shared, _args, context) => peopleToTell(context, shared),
    }),
    peopleTold: t.boolean({
      description:
        'Whether the people are told: not where they may be those of something that it tells of, which is not for the viewer to share, too.',
      resolve: (shared, _args, context) => arePeopleTold(context, shared),
    }),
    embargoedUntil: t.expose('embargoedUntil', {
      type: 'DateTime',
      nullable: true,
      description: 'Until then only its team and those named see it; the clock lifts it. Null: no embargo.',
    }),
    canShare: t.field({
      type: PermissionRef,
      description: 'Whether the viewer may change this.',
      resolve: (shared, _args, context) => mayShare(context.viewer, shared),
    }),
  }),
});

function addSharing<R extends { id: bigint }>(type: Shareable, ref: ObjectRef<Types, R>): void {
  builder.objectField(ref, 'sharing', (t) =>
    t.field({
      type: SharingRef,
      nullable: true,
      description: 'Who may see it; null for viewers who neither say so nor read everything.',
      resolve: (row, _args, context) => sharingOf(context, type, row.id),
    }),
  );
}

addSharing('Incident', IncidentRef);
addSharing('Source', SourceRef);
addSharing('DatasetVersion', DatasetVersionRef);
addSharing('ModelVersion', ModelVersionRef);
addSharing('EvalRun', EvalRunRef);
addSharing('Dataset', DatasetRef);
addSharing('Model', ModelRef);
addSharing('Evaluation', EvaluationRef);
addSharing('Evidence', EvidenceRef);
addSharing('Hypothesis', HypothesisRef);

builder.queryField('people', (t) =>
  t.field({
    type: [ActorRef],
    description: 'People and services by a part of their name, to share with; for members only.',
    args: {
      search: t.arg.string({ required: true, description: 'A part of the name; empty for anybody.' }),
      first: t.arg.int({ description: 'How many: 20 where left out, at most 50.' }),
    },
    resolve: (_root, { search, first }, context) => findPeople(context, search, first ?? null),
  }),
);

defineMutation({
  name: 'shareWith',
  description:
    'Says who may see a thing, and with it what was seen by the same people: its claims, edges, evidence and versions. An activity follows what it made; eval runs are never wider than their model version.',
  input: builder.inputType('ShareWithInput', {
    description: 'Who may see a thing. What is left out stays as it is.',
    fields: (t) => ({
      target: t.id({
        required: true,
        description:
          'Global id of an incident, evidence, hypothesis, source, dataset or version, model or version, evaluation or eval run.',
      }),
      visibility: t.field({ type: VisibilityEnum, description: 'How widely it may be seen.' }),
      people: t.idList({ description: 'Global ids of all who are named; an empty list names nobody.' }),
      embargoedUntil: t.field({
        type: 'DateTime',
        description: 'For an incident: until when only its team and those named see it; null lifts it.',
      }),
      idempotencyKey: t.string({
        description: 'The same key and body within 24 hours give the same answer.',
      }),
    }),
  }),
  run: (change, input) => shareWith(change, input),
  success: (t) => ({
    shared: t.field({
      type: NodeInterface,
      description: 'What is shared now.',
      resolve: async (outcome, _args, context) =>
        shown(await loadIdentified(context, outcome.type as GlobalType, outcome.id)),
    }),
  }),
});
