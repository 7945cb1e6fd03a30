import type { Metadata } from 'next';
import { one, type SearchParams } from '@/features/catalogue/catalogue-state.ts';
import { MixtureDiffPage } from '@/features/model/MixtureDiffPage.tsx';
import type { ExposureGrouping } from '@/graphql/generated/graphql.ts';

export const metadata: Metadata = { title: 'Compare mixtures' };

const GROUPINGS: readonly ExposureGrouping[] = ['SOURCE', 'DATASET_VERSION', 'CONTENT_TAG'];

export default async function MixtureDiff({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const search = await searchParams;
  const by = GROUPINGS.find((grouping) => grouping === one(search.by)) ?? 'SOURCE';
  return <MixtureDiffPage from={one(search.from)} to={one(search.to)} by={by} knownOn={one(search.asOf)} />;
}
