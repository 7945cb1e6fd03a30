import type { Metadata } from 'next';
import { type SearchParams, one as single } from '@/features/catalogue/catalogue-state.ts';
import { ComparePage } from '@/features/compare/ComparePage.tsx';

export const metadata: Metadata = { title: 'Compare rates' };

export default async function Compare({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const { one, two } = await searchParams;
  return <ComparePage one={single(one)} two={single(two)} />;
}
