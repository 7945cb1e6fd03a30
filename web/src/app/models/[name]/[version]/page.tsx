import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { one, type SearchParams } from '@/features/catalogue/catalogue-state.ts';
import { NeitherDay } from '@/features/lineage/NeitherDay.tsx';
import { ModelVersionPage } from '@/features/model/ModelVersionPage.tsx';
import { loadModelVersion } from '@/features/model/model-version-query.ts';
import { Unanswered } from '@/graphql/Unanswered.tsx';
import { readAsOf } from '@/navigation/as-of.ts';
import { fromSegment } from '@/navigation/paths.ts';

type Props = { params: Promise<{ name: string; version: string }>; searchParams: Promise<SearchParams> };

async function refOf(params: Props['params']): Promise<string> {
  const { name, version } = await params;
  return `model:${fromSegment(name)}@${fromSegment(version)}`;
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: (await refOf(params)).slice('model:'.length) };
}

export default async function ModelVersion({ params, searchParams }: Props) {
  const asked = one((await searchParams).asOf);
  const knownOn = readAsOf(asked).at;
  const answer = await loadModelVersion(await refOf(params), knownOn);
  if (answer.kind !== 'data') return <Unanswered answer={answer} what="This model version" />;
  const node = answer.data.lineageNode;
  if (node?.__typename !== 'ModelVersion') notFound();
  return (
    <>
      <NeitherDay asked={asked} />
      <ModelVersionPage version={node} problems={answer.problems} knownOn={knownOn} />
    </>
  );
}
