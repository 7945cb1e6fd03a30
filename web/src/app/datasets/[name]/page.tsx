import type { Metadata } from 'next';
import { one, type SearchParams } from '@/features/catalogue/catalogue-state.ts';
import { DatasetPage } from '@/features/dataset/DatasetPage.tsx';
import { fromSegment } from '@/navigation/paths.ts';

type Props = { params: Promise<{ name: string }>; searchParams: Promise<SearchParams> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: fromSegment((await params).name) };
}

export default async function Dataset({ params, searchParams }: Props) {
  return <DatasetPage name={fromSegment((await params).name)} after={one((await searchParams).after)} />;
}
