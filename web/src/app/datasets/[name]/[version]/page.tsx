import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { one, type SearchParams } from '@/features/catalogue/catalogue-state.ts';
import { DatasetVersionPage } from '@/features/dataset/DatasetVersionPage.tsx';
import { loadDatasetVersion } from '@/features/dataset/dataset-version-query.ts';
import { NeitherDay } from '@/features/lineage/NeitherDay.tsx';
import { Unanswered } from '@/graphql/Unanswered.tsx';
import { readAsOf } from '@/navigation/as-of.ts';
import { fromSegment } from '@/navigation/paths.ts';

type Props = { params: Promise<{ name: string; version: string }>; searchParams: Promise<SearchParams> };

async function refOf(params: Props['params']): Promise<string> {
  const { name, version } = await params;
  return `dataset:${fromSegment(name)}@${fromSegment(version)}`;
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: (await refOf(params)).slice('dataset:'.length) };
}

export default async function DatasetVersion({ params, searchParams }: Props) {
  const asked = await searchParams;
  const knownOn = readAsOf(one(asked.asOf)).at;
  const search = { document: one(asked.document), after: one(asked.documentsAfter) };
  const answer = await loadDatasetVersion(await refOf(params), knownOn);
  if (answer.kind !== 'data') return <Unanswered answer={answer} what="This dataset version" />;
  const node = answer.data.lineageNode;
  if (node?.__typename !== 'DatasetVersion') notFound();
  return (
    <>
      <NeitherDay asked={one(asked.asOf)} />
      <DatasetVersionPage version={node} problems={answer.problems} knownOn={knownOn} search={search} />
    </>
  );
}
