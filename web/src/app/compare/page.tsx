import type { Metadata } from 'next';
import { type SearchParams, one as single } from '@/features/catalogue/catalogue-state.ts';
import { ComparePage } from '@/features/compare/ComparePage.tsx';
import { readDrawing } from '@/features/compare/interval-method.ts';

export const metadata: Metadata = { title: 'Compare rates' };

export default async function Compare({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const { one, two, intervals, resamples, seed } = await searchParams;
  const drawing = readDrawing({
    intervals: single(intervals),
    resamples: single(resamples),
    seed: single(seed),
  });
  return <ComparePage one={single(one)} two={single(two)} drawing={drawing} />;
}
