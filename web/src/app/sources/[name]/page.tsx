import type { Metadata } from 'next';
import { one, type SearchParams } from '@/features/catalogue/catalogue-state.ts';
import { SourcePage } from '@/features/source/SourcePage.tsx';
import { fromSegment } from '@/navigation/paths.ts';

type Props = { params: Promise<{ name: string }>; searchParams: Promise<SearchParams> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: fromSegment((await params).name) };
}

export default async function Source({ params, searchParams }: Props) {
  return <SourcePage name={fromSegment((await params).name)} knownOn={one((await searchParams).asOf)} />;
}
