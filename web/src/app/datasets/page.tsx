import type { Metadata } from 'next';
import Link from 'next/link';
import { Suspense } from 'react';
import { CatalogueSearch } from '@/features/catalogue/Catalogue.tsx';
import { readCatalogueState, type SearchParams } from '@/features/catalogue/catalogue-state.ts';
import { DatasetResults } from '@/features/dataset/DatasetsPage.tsx';
import { paths } from '@/navigation/paths.ts';
import { Button } from '@/ui/Button.tsx';
import { PageHeader } from '@/ui/PageHeader.tsx';
import { SkeletonTable } from '@/ui/Skeleton.tsx';

export const metadata: Metadata = { title: 'Datasets' };

export default async function Datasets({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const state = readCatalogueState(await searchParams);
  return (
    <>
      <PageHeader
        title="Datasets"
        actions={
          <Button asChild>
            <Link href={paths.documents()}>Find a document</Link>
          </Button>
        }
      />
      <CatalogueSearch action={paths.datasets()} label="Search datasets" state={state} />
      <Suspense
        key={JSON.stringify(state)}
        fallback={<SkeletonTable rows={10} label="Loading the datasets" />}
      >
        <DatasetResults state={state} />
      </Suspense>
    </>
  );
}
