import type { Metadata } from 'next';
import { one, type SearchParams } from '@/features/catalogue/catalogue-state.ts';
import { RegressionRulePage } from '@/features/regression/RegressionRulePage.tsx';
import { fromSegment } from '@/navigation/paths.ts';

export const metadata: Metadata = { title: 'A rule of the regression watch' };

export default async function RegressionRule(props: {
  params: Promise<{ id: string }>;
  searchParams: Promise<SearchParams>;
}) {
  const [{ id }, search] = await Promise.all([props.params, props.searchParams]);
  return <RegressionRulePage id={fromSegment(id)} after={one(search.after)} />;
}
