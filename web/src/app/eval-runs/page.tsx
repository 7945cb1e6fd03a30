import type { Metadata } from 'next';
import { Suspense } from 'react';
import { CatalogueSearch } from '@/features/catalogue/Catalogue.tsx';
import { readCatalogueState, type SearchParams } from '@/features/catalogue/catalogue-state.ts';
import { EvalRunResults } from '@/features/evaluation/EvalRunsPage.tsx';
import { paths } from '@/navigation/paths.ts';
import { PageHeader } from '@/ui/PageHeader.tsx';
import { SkeletonTable } from '@/ui/Skeleton.tsx';

export const metadata: Metadata = { title: 'Eval runs' };

export default async function EvalRuns({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const state = readCatalogueState(await searchParams);
  return (
    <>
      <PageHeader title="Eval runs" />
      <CatalogueSearch action={paths.evalRuns()} label="Search eval runs" state={state} />
      <Suspense
        key={JSON.stringify(state)}
        fallback={<SkeletonTable rows={10} label="Loading the eval runs" />}
      >
        <EvalRunResults state={state} />
      </Suspense>
    </>
  );
}
