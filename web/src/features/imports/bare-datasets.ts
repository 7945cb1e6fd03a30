import type { ImportWholeFragment } from '../../graphql/generated/graphql.ts';

/** Whether it is recorded by its bare name: what an import records where its file states no fixed revision. */
export const isBare = (ref: string): boolean => ref.endsWith('@unspecified');

/** The datasets of an import of which a person is asked which version they are, each once, whatever parts were used. */
export const bareDatasets = ({ datasets }: Pick<ImportWholeFragment, 'datasets'>): string[] => [
  ...new Set(datasets.flatMap(({ datasetVersion }) => datasetVersion?.ref ?? []).filter(isBare)),
];
