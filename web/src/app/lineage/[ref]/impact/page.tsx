import type { Metadata } from 'next';
import { one, type SearchParams } from '@/features/catalogue/catalogue-state.ts';
import { ImpactPage } from '@/features/lineage/impact/ImpactPage.tsx';
import { NeitherDay } from '@/features/lineage/NeitherDay.tsx';
import { readAsOf } from '@/navigation/as-of.ts';
import { fromSegment } from '@/navigation/paths.ts';

type Props = { params: Promise<{ ref: string }>; searchParams: Promise<SearchParams> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: `Impact of ${fromSegment((await params).ref)}` };
}

export default async function Impact({ params, searchParams }: Props) {
  const asked = one((await searchParams).asOf);
  return (
    <>
      <NeitherDay asked={asked} />
      <ImpactPage refOf={fromSegment((await params).ref)} knownOn={readAsOf(asked).at} />
    </>
  );
}
