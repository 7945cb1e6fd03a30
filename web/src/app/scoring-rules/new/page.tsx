import type { Metadata } from 'next';
import { one, type SearchParams } from '@/features/catalogue/catalogue-state.ts';
import { ProposeRulePage } from '@/features/scoring/ProposeRulePage.tsx';

export const metadata: Metadata = { title: 'Propose a scoring rule' };

export default async function Propose({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const params = await searchParams;
  return (
    <ProposeRulePage
      state={{
        rule: one(params.rule),
        evaluation: one(params.evaluation),
        scorer: one(params.scorer),
        key: one(params.key),
        run: one(params.run),
      }}
    />
  );
}
