import type { Metadata } from 'next';
import { BehaviorPage } from '@/features/behavior/BehaviorPage.tsx';
import { one, type SearchParams } from '@/features/catalogue/catalogue-state.ts';
import { fromSegment } from '@/navigation/paths.ts';

type Props = { params: Promise<{ name: string }>; searchParams: Promise<SearchParams> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: fromSegment((await params).name) };
}

export default async function Behavior({ params, searchParams }: Props) {
  return <BehaviorPage name={fromSegment((await params).name)} after={one((await searchParams).after)} />;
}
