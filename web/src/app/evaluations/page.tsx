import type { Metadata } from 'next';
import Link from 'next/link';
import { Suspense } from 'react';
import { CatalogueSearch } from '@/features/catalogue/Catalogue.tsx';
import { readCatalogueState, type SearchParams } from '@/features/catalogue/catalogue-state.ts';
import { EvaluationResults } from '@/features/evaluation/EvaluationsPage.tsx';
import { paths } from '@/navigation/paths.ts';
import { Button } from '@/ui/Button.tsx';
import { PageHeader } from '@/ui/PageHeader.tsx';
import { SkeletonTable } from '@/ui/Skeleton.tsx';

export const metadata: Metadata = { title: 'Evaluations' };

export default async function Evaluations({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const state = readCatalogueState(await searchParams);
  return (
    <>
      <PageHeader
        title="Evaluations"
        actions={
          <Button asChild>
            <Link href={paths.scoringRules()}>Scoring rules</Link>
          </Button>
        }
      />
      <CatalogueSearch action={paths.evaluations()} label="Search evaluations" state={state} />
      <Suspense
        key={JSON.stringify(state)}
        fallback={<SkeletonTable rows={10} label="Loading the evaluations" />}
      >
        <EvaluationResults state={state} />
      </Suspense>
    </>
  );
}
