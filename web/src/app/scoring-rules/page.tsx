import type { Metadata } from 'next';
import Link from 'next/link';
import { Suspense } from 'react';
import { CatalogueSearch } from '@/features/catalogue/Catalogue.tsx';
import { readCatalogueState, type SearchParams } from '@/features/catalogue/catalogue-state.ts';
import { ScoringRuleResults } from '@/features/scoring/ScoringRulesPage.tsx';
import { paths } from '@/navigation/paths.ts';
import { Button } from '@/ui/Button.tsx';
import { PageHeader } from '@/ui/PageHeader.tsx';
import { SkeletonTable } from '@/ui/Skeleton.tsx';

export const metadata: Metadata = { title: 'Scoring rules' };

export default async function ScoringRules({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const state = readCatalogueState(await searchParams);
  return (
    <>
      <PageHeader
        title="Scoring rules"
        meta={<span>Which values of a scorer mean that a behaviour was exhibited.</span>}
        actions={
          <Button asChild>
            <Link href={paths.proposeScoringRule()}>Propose a rule</Link>
          </Button>
        }
      />
      <CatalogueSearch action={paths.scoringRules()} label="Search scoring rules" state={state} />
      <Suspense
        key={JSON.stringify(state)}
        fallback={<SkeletonTable rows={10} label="Loading the scoring rules" />}
      >
        <ScoringRuleResults state={state} />
      </Suspense>
    </>
  );
}
