import type { Metadata } from 'next';
import { Suspense } from 'react';
import { BehaviorResults } from '@/features/behavior/BehaviorsPage.tsx';
import { CatalogueSearch } from '@/features/catalogue/Catalogue.tsx';
import { readCatalogueState, type SearchParams } from '@/features/catalogue/catalogue-state.ts';
import { paths } from '@/navigation/paths.ts';
import { PageHeader } from '@/ui/PageHeader.tsx';
import { SkeletonTable } from '@/ui/Skeleton.tsx';

export const metadata: Metadata = { title: 'Behaviours' };

export default async function Behaviours({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const state = readCatalogueState(await searchParams);
  return (
    <>
      <PageHeader title="Behaviours" />
      <CatalogueSearch action={paths.behaviors()} label="Search behaviours" state={state} />
      <Suspense
        key={JSON.stringify(state)}
        fallback={<SkeletonTable rows={10} label="Loading the behaviours" />}
      >
        <BehaviorResults state={state} />
      </Suspense>
    </>
  );
}
