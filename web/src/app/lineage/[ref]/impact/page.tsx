import type { Metadata } from 'next';
import { one, type SearchParams } from '@/features/catalogue/catalogue-state.ts';
import { ImpactPage } from '@/features/lineage/impact/ImpactPage.tsx';
import { fromSegment } from '@/navigation/paths.ts';

type Props = { params: Promise<{ ref: string }>; searchParams: Promise<SearchParams> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: `Impact of ${fromSegment((await params).ref)}` };
}

export default async function Impact({ params, searchParams }: Props) {
  const { asOf } = await searchParams;
  return <ImpactPage refOf={fromSegment((await params).ref)} knownOn={one(asOf)} />;
}
