import { builder } from '../../graphql/builder.ts';
import { IncidentRef } from '../../lineage/lineage.refs.ts';
import { ImportRef } from '../interchange.refs.ts';
import { importById } from '../read-imports.ts';
import type { OriginRow } from './origin.store.ts';
import { incidentsOfImport, originsOfIncident } from './read-origins.ts';

const NAMES = { AVID: 'AVID', AIID: 'AI Incident Database' } as const;

const IncidentOriginRef = builder.objectRef<OriginRow>('IncidentOrigin').implement({
  description: 'What a public catalogue says of an incident, as it was when it was brought in.',
  fields: (t) => ({
    catalogue: t.string({
      description: 'Whose record it is: AVID, or the AI Incident Database.',
      resolve: (row) => NAMES[row.catalogue],
    }),
    part: t.exposeString('part', {
      description:
        'What the record is: report, vulnerability, incident, press report, classification, translation, link or duplicate.',
    }),
    externalId: t.exposeString('externalId', {
      nullable: true,
      description: 'Its id in the catalogue, such as AVID-2025-R0001; null where it has none.',
    }),
    url: t.exposeString('url', {
      nullable: true,
      description: 'The page of it in the catalogue; null where there is none.',
    }),
    content: t.field({
      type: 'JSON',
      description: 'What it says, in its own words and fields, without what is large and computed.',
      resolve: (row) => row.content,
    }),
    import: t.field({
      type: ImportRef,
      nullable: true,
      description: 'The file that it was read from; null where the viewer may not see it.',
      resolve: (row, _args, context) =>
        row.importId === null ? null : context.load(importById, row.importId),
    }),
    recordedAt: t.expose('recordedAt', { type: 'DateTime', description: 'When it was brought in.' }),
  }),
});

builder.objectField(IncidentRef, 'origins', (t) =>
  t.field({
    type: [IncidentOriginRef],
    description:
      'What public catalogues say of it, as brought in, oldest first; empty where it was reported here first.',
    resolve: (row, _args, context) => context.load(originsOfIncident, row.id),
  }),
);

builder.objectField(ImportRef, 'incidents', (t) =>
  t.field({
    type: [IncidentRef],
    description:
      'The incidents that a file of incidents made or added to, in the order of the file, then those found recorded already.',
    resolve: (row, _args, context) => incidentsOfImport(context, row),
  }),
);
