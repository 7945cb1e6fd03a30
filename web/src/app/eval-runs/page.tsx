import type { Metadata } from 'next';
import { Suspense } from 'react';
import { CatalogueFilter, CatalogueSearch } from '@/features/catalogue/Catalogue.tsx';
import { one, readCatalogueState, type SearchParams } from '@/features/catalogue/catalogue-state.ts';
import { EvalRunResults } from '@/features/evaluation/EvalRunsPage.tsx';
import { paths } from '@/navigation/paths.ts';
import { PageHeader } from '@/ui/PageHeader.tsx';
import { SkeletonTable } from '@/ui/Skeleton.tsx';

export const metadata: Metadata = { title: 'Eval runs' };

export default async function EvalRuns({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const params = await searchParams;
  const state = { ...readCatalogueState(params), evaluation: one(params.evaluation) };
  const { evaluation, search } = state;
  return (
    <>
      <PageHeader title="Eval runs" />
      <CatalogueSearch
        action={paths.evalRuns()}
        label="Search eval runs"
        state={state}
        kept={{ evaluation }}
      />
      {evaluation ? (
        <CatalogueFilter
          name="Evaluation, all its versions"
          value={evaluation}
          clear={paths.evalRuns({ search })}
        />
      ) : null}
      <Suspense
        key={JSON.stringify(state)}
        fallback={<SkeletonTable rows={10} label="Loading the eval runs" />}
      >
        <EvalRunResults state={state} />
      </Suspense>
    </>
  );
}
