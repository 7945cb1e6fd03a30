import type { Metadata } from 'next';
import { one, type SearchParams } from '@/features/catalogue/catalogue-state.ts';
import { NewRegressionRulePage } from '@/features/regression/NewRegressionRulePage.tsx';

export const metadata: Metadata = { title: 'A new rule of the regression watch' };

export default async function NewRegressionRule({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const params = await searchParams;
  return (
    <NewRegressionRulePage
      state={{ behavior: one(params.behavior), model: one(params.model), incident: one(params.incident) }}
    />
  );
}
