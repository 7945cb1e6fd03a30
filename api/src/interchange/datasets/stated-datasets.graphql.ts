import { builder } from '../../graphql/builder.ts';
import { DatasetVersionRef, EvalRunRef } from '../../lineage/lineage.refs.ts';
import { ImportRef } from '../interchange.refs.ts';
import { recordedAs, statedDatasetsOfImport, statedDatasetsOfRun } from './read-stated-datasets.ts';
import { UNSTATED } from './stated-dataset.ts';
import type { StatedDatasetRow } from './stated-datasets.store.ts';

const StatedDatasetRef = builder.objectRef<StatedDatasetRow>('StatedDataset').implement({
  description: 'The dataset that the samples of an eval run came from, as its file names it.',
  fields: (t) => ({
    name: t.exposeString('name', {
      description:
        'Its name: of a published dataset as it is; of a file on a disk, the name under its evaluation.',
    }),
    revision: t.string({
      nullable: true,
      description: 'The revision that the file states; null where it states none that stays what it is.',
      resolve: ({ version }) => (version === UNSTATED ? null : version),
    }),
    part: t.exposeString('part', {
      nullable: true,
      description: 'The subset or split of it that was used; null where the file does not say.',
    }),
    datasetVersion: t.field({
      type: DatasetVersionRef,
      nullable: true,
      description: 'What it was recorded as; null where that is nothing, or may not be seen.',
      resolve: (row, _a, context) => recordedAs(context, row),
    }),
  }),
});

builder.objectField(EvalRunRef, 'statedDatasets', (t) =>
  t.field({
    type: [StatedDatasetRef],
    description: 'What the file of the run says of the datasets that it was tested on; empty where nothing.',
    resolve: (row, _a, context) => context.load(statedDatasetsOfRun, row.id),
  }),
);

builder.objectField(ImportRef, 'datasets', (t) =>
  t.field({
    type: [StatedDatasetRef],
    description: 'The datasets that the file names, each once, over the eval runs that are shown of it.',
    resolve: (row, _a, context) => statedDatasetsOfImport(context, row),
  }),
);
