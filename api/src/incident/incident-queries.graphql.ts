import { builder } from '../graphql/builder.ts';
import { pageArguments } from '../graphql/connection.ts';
import {
  IncidentOrderFieldEnum,
  IncidentSettingEnum,
  IncidentStatusEnum,
  OrderDirectionEnum,
  SeverityEnum,
} from '../graphql/enums.ts';
import { IncidentRef } from '../lineage/lineage.refs.ts';
import { IncidentConnection } from '../lineage/lineage-connections.refs.ts';
import { incidentByKey, listIncidents, type SimilarIncident, similarIncidents } from './read-incidents.ts';

const IncidentFilter = builder.inputType('IncidentFilter', {
  description: 'Which incidents to list: those that meet all that is given. A list means any of its values.',
  fields: (t) => ({
    status: t.field({ type: [IncidentStatusEnum], description: 'With one of these statuses.' }),
    severity: t.field({ type: [SeverityEnum], description: 'With one of these severities.' }),
    setting: t.field({ type: [IncidentSettingEnum], description: 'Observed in one of these settings.' }),
    behavior: t.stringList({ description: 'With one of the behaviours of these names.' }),
    model: t.stringList({ description: 'Of any version of one of the models of these names.' }),
    occurredFrom: t.field({ type: 'DateTime', description: 'That happened at this moment or later.' }),
    occurredTo: t.field({ type: 'DateTime', description: 'That happened at this moment or earlier.' }),
    filedByMe: t.boolean({ description: 'Only those that the viewer filed.' }),
  }),
});

const IncidentOrder = builder.inputType('IncidentOrder', {
  description: 'How incidents are sorted.',
  fields: (t) => ({
    field: t.field({ type: IncidentOrderFieldEnum, required: true, description: 'By what.' }),
    direction: t.field({
      type: OrderDirectionEnum,
      required: true,
      defaultValue: 'DESC',
      description: 'Which way.',
    }),
  }),
});

const SimilarIncidentRef = builder.objectRef<SimilarIncident>('SimilarIncident').implement({
  description: 'An incident that may be about the same.',
  fields: (t) => ({
    incident: t.field({ type: IncidentRef, description: 'The incident.', resolve: (row) => row.incident }),
    similarity: t.exposeFloat('similarity', { description: 'How alike they are, from 0 to 1.' }),
    reasons: t.exposeStringList('reasons', { description: 'What makes them alike.' }),
  }),
});

builder.queryFields((t) => ({
  incident: t.field({
    type: IncidentRef,
    nullable: true,
    description: 'The incident with this key; null where there is none that the viewer may see.',
    args: { key: t.arg.string({ required: true, description: 'Its key, such as MBI-2025-0001.' }) },
    resolve: (_root, { key }, context) => incidentByKey(context, key),
  }),
  incidents: t.field({
    type: IncidentConnection,
    description: 'Incidents, newest recorded first unless sorted otherwise.',
    args: {
      filter: t.arg({ type: IncidentFilter, description: 'Which ones.' }),
      search: t.arg.string({
        description: 'Only those whose key, title or summary holds each of these words.',
      }),
      orderBy: t.arg({ type: IncidentOrder, description: 'How they are sorted.' }),
      ...pageArguments(t),
    },
    resolve: (_root, args, context) => listIncidents(context, args),
  }),
  similarIncidents: t.field({
    type: [SimilarIncidentRef],
    description:
      'Incidents that may be about the same as one that is about to be filed, the most alike first.',
    args: {
      title: t.arg.string({ required: true, description: 'The title.' }),
      summary: t.arg.string({ description: 'The summary.' }),
      modelVersions: t.arg({ type: ['NodeRef'], description: 'The model versions concerned.' }),
      behaviors: t.arg.stringList({ description: 'The names of the behaviours.' }),
      first: t.arg.int({ description: 'At most so many: 5 by default, 50 at most.' }),
    },
    resolve: (_root, args, context) => similarIncidents(context, args),
  }),
}));
