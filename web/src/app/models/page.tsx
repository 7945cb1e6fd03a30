import type { Metadata } from 'next';
import { Suspense } from 'react';
import { CatalogueSearch } from '@/features/catalogue/Catalogue.tsx';
import { readCatalogueState, type SearchParams } from '@/features/catalogue/catalogue-state.ts';
import { ModelResults } from '@/features/model/ModelsPage.tsx';
import { paths } from '@/navigation/paths.ts';
import { PageHeader } from '@/ui/PageHeader.tsx';
import { SkeletonTable } from '@/ui/Skeleton.tsx';

export const metadata: Metadata = { title: 'Models' };

export default async function Models({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const state = readCatalogueState(await searchParams);
  return (
    <>
      <PageHeader title="Models" />
      <CatalogueSearch action={paths.models()} label="Search models" state={state} />
      <Suspense key={JSON.stringify(state)} fallback={<SkeletonTable rows={10} label="Loading the models" />}>
        <ModelResults state={state} />
      </Suspense>
    </>
  );
}
