import type { Metadata } from 'next';
import { DatasetPage } from '@/features/dataset/DatasetPage.tsx';
import { fromSegment } from '@/navigation/paths.ts';

type Props = { params: Promise<{ name: string }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: fromSegment((await params).name) };
}

export default async function Dataset({ params }: Props) {
  return <DatasetPage name={fromSegment((await params).name)} />;
}
