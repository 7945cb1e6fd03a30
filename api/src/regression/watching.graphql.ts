import { ViewerRef } from '../access/access.refs.ts';
import type { Context } from '../context.ts';
import { BehaviorRef } from '../evaluation/evaluation.refs.ts';
import { behaviorById } from '../evaluation/read-evaluations.ts';
import { builder } from '../graphql/builder.ts';
import { connectionOf, pageArguments } from '../graphql/connection.ts';
import { defineMutation } from '../graphql/mutation.ts';
import { idOf, NodeInterface, registerNode } from '../graphql/node.ts';
import { IncidentRef } from '../lineage/lineage.refs.ts';
import { nodeById } from '../lineage/read-nodes.ts';
import { present } from '../platform/shown.ts';
import { regressionOutcomeById, regressionRuleById } from './read-regressions.ts';
import {
  isWatched,
  listNotifications,
  notificationById,
  unreadNotifications,
  watchById,
  watchesOfViewer,
} from './read-watches.ts';
import { NotificationRef, RegressionOutcomeRef, RegressionRuleRef, WatchRef } from './regression.refs.ts';
import { markNotificationsRead, unwatch, watch } from './watching.ts';

registerNode('Watch', watchById);
registerNode('Notification', notificationById);

WatchRef.implement({
  interfaces: [NodeInterface],
  description: 'Something that the viewer is told of: one of the three is set.',
  fields: (t) => ({
    id: t.id(idOf('Watch')),
    rule: t.field({
      type: RegressionRuleRef,
      nullable: true,
      description: 'A rule of the regression watch.',
      resolve: (row, _a, context) =>
        row.ruleId === null ? null : context.load(regressionRuleById, row.ruleId),
    }),
    behavior: t.field({
      type: BehaviorRef,
      nullable: true,
      description: 'A behaviour.',
      resolve: (row, _a, context) =>
        row.behaviorId === null ? null : context.load(behaviorById, row.behaviorId),
    }),
    incident: t.field({
      type: IncidentRef,
      nullable: true,
      description: 'An incident.',
      resolve: (row, _a, context) =>
        row.incidentId === null ? null : context.load(nodeById, row.incidentId),
    }),
    recordedAt: t.expose('recordedAt', { type: 'DateTime', description: 'Since when.' }),
  }),
});

NotificationRef.implement({
  interfaces: [NodeInterface],
  description: 'That a rule hit, told to the viewer because they watch it, its behaviour or an incident.',
  fields: (t) => ({
    id: t.id(idOf('Notification')),
    outcome: t.field({
      type: RegressionOutcomeRef,
      description: 'What hit, with what it did.',
      resolve: async (row, _a, context) =>
        present(await context.load(regressionOutcomeById, row.outcomeId), 'outcome'),
    }),
    recordedAt: t.expose('recordedAt', { type: 'DateTime', description: 'When it was told.' }),
    readAt: t.expose('readAt', {
      type: 'DateTime',
      nullable: true,
      description: 'When the viewer marked it as read; null where they have not.',
    }),
  }),
});

const NotificationConnection = connectionOf('Notification', NotificationRef);

builder.queryFields((t) => ({
  watches: t.field({
    type: [WatchRef],
    description: 'What the viewer watches, newest first: 200 at most.',
    resolve: (_root, _a, context) => watchesOfViewer(context),
  }),
  notifications: t.field({
    type: NotificationConnection,
    description: 'What the viewer was told, newest first, as far as they may see it now.',
    args: {
      unread: t.arg.boolean({
        required: true,
        defaultValue: false,
        description: 'Only those that are not marked as read.',
      }),
      ...pageArguments(t),
    },
    resolve: (_root, args, context) => listNotifications(context, args),
  }),
}));

builder.objectField(ViewerRef, 'unreadNotifications', (t) =>
  t.int({
    description: 'How many of what they were told, and may see now, they have not marked as read.',
    resolve: (_viewer, _a, context) => unreadNotifications(context),
  }),
);

const watchedField = (type: 'RegressionRule' | 'Behavior' | 'Incident') => ({
  description: 'Whether the viewer watches it.',
  resolve: (row: { id: bigint }, _a: unknown, context: Context) => isWatched(context, type, row.id),
});
builder.objectField(RegressionRuleRef, 'watched', (t) => t.boolean(watchedField('RegressionRule')));
builder.objectField(BehaviorRef, 'watched', (t) => t.boolean(watchedField('Behavior')));
builder.objectField(IncidentRef, 'watched', (t) => t.boolean(watchedField('Incident')));

const TARGET = 'A rule of the regression watch, a behaviour or an incident.';
const KEY = 'The same key and body within 24 hours give the same answer.';

const WatchInput = builder.inputType('WatchInput', {
  description: 'What to be told of.',
  fields: (t) => ({
    target: t.id({
      required: true,
      description: TARGET,
    }),
    idempotencyKey: t.string({ description: KEY }),
  }),
});

defineMutation({
  name: 'watch',
  description:
    'Has the viewer told of hits of the regression watch that concern this. No part of the record.',
  input: WatchInput,
  run: (change, input) => watch(change, input),
  success: (t) => ({
    watched: t.boolean({ description: 'Whether it is watched now.', resolve: () => true }),
  }),
});

const UnwatchInput = builder.inputType('UnwatchInput', {
  description: 'What to be told of no more.',
  fields: (t) => ({
    target: t.id({
      required: true,
      description: TARGET,
    }),
    idempotencyKey: t.string({ description: KEY }),
  }),
});

defineMutation({
  name: 'unwatch',
  description: 'Has the viewer told of it no more.',
  input: UnwatchInput,
  run: (change, input) => unwatch(change, input),
  success: (t) => ({
    watched: t.boolean({ description: 'Whether it is watched now.', resolve: () => false }),
  }),
});

const MarkNotificationsReadInput = builder.inputType('MarkNotificationsReadInput', {
  description: 'What was read.',
  fields: (t) => ({
    notifications: t.idList({ description: 'These; all where left out.' }),
    idempotencyKey: t.string({ description: KEY }),
  }),
});

defineMutation({
  name: 'markNotificationsRead',
  description: 'Marks as read what the viewer was told.',
  input: MarkNotificationsReadInput,
  run: (change, input) => markNotificationsRead(change, input),
  success: (t) => ({
    marked: t.exposeInt('marked', { description: 'How many were not marked before.' }),
    unread: t.int({
      description: 'How many are left.',
      resolve: (_made, _a, context) => unreadNotifications(context),
    }),
  }),
});
