import type { Metadata } from 'next';
import { type SearchParams, one as single } from '@/features/catalogue/catalogue-state.ts';
import { BeforeAfterPage } from '@/features/compare/before-after/BeforeAfterPage.tsx';
import { readPairs } from '@/features/compare/before-after/pairs.ts';

export const metadata: Metadata = { title: 'Before and after' };

export default async function BeforeAfter({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const { evaluation, pair } = await searchParams;
  return <BeforeAfterPage evaluation={single(evaluation)} pairs={readPairs([pair ?? []].flat())} />;
}
