import type { Metadata } from 'next';
import { one, type SearchParams } from '@/features/catalogue/catalogue-state.ts';
import { NeitherDay } from '@/features/lineage/NeitherDay.tsx';
import { SourcePage } from '@/features/source/SourcePage.tsx';
import { readAsOf } from '@/navigation/as-of.ts';
import { fromSegment } from '@/navigation/paths.ts';

type Props = { params: Promise<{ name: string }>; searchParams: Promise<SearchParams> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: fromSegment((await params).name) };
}

export default async function Source({ params, searchParams }: Props) {
  const asked = one((await searchParams).asOf);
  return (
    <>
      <NeitherDay asked={asked} />
      <SourcePage name={fromSegment((await params).name)} knownOn={readAsOf(asked).at} />
    </>
  );
}
