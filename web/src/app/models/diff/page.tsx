import type { Metadata } from 'next';
import { one, type SearchParams } from '@/features/catalogue/catalogue-state.ts';
import { NeitherDay } from '@/features/lineage/NeitherDay.tsx';
import { MixtureDiffPage } from '@/features/model/MixtureDiffPage.tsx';
import type { ExposureGrouping } from '@/graphql/generated/graphql.ts';
import { readAsOf } from '@/navigation/as-of.ts';

export const metadata: Metadata = { title: 'Compare mixtures' };

const GROUPINGS: readonly ExposureGrouping[] = ['SOURCE', 'DATASET_VERSION', 'CONTENT_TAG'];

export default async function MixtureDiff({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const search = await searchParams;
  const by = GROUPINGS.find((grouping) => grouping === one(search.by)) ?? 'SOURCE';
  const asked = one(search.asOf);
  return (
    <>
      <NeitherDay asked={asked} />
      <MixtureDiffPage from={one(search.from)} to={one(search.to)} by={by} knownOn={readAsOf(asked).at} />
    </>
  );
}
