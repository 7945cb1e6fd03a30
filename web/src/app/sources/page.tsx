import type { Metadata } from 'next';
import { Suspense } from 'react';
import { CatalogueSearch } from '@/features/catalogue/Catalogue.tsx';
import { readCatalogueState, type SearchParams } from '@/features/catalogue/catalogue-state.ts';
import { SourceResults } from '@/features/source/SourcesPage.tsx';
import { paths } from '@/navigation/paths.ts';
import { PageHeader } from '@/ui/PageHeader.tsx';
import { SkeletonTable } from '@/ui/Skeleton.tsx';

export const metadata: Metadata = { title: 'Sources' };

export default async function Sources({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const state = readCatalogueState(await searchParams);
  return (
    <>
      <PageHeader title="Sources" />
      <CatalogueSearch action={paths.sources()} label="Search sources" state={state} />
      <Suspense
        key={JSON.stringify(state)}
        fallback={<SkeletonTable rows={10} label="Loading the sources" />}
      >
        <SourceResults state={state} />
      </Suspense>
    </>
  );
}
