import type { Metadata } from 'next';
import Link from 'next/link';
import { Suspense } from 'react';
import { CatalogueSearch } from '@/features/catalogue/Catalogue.tsx';
import { readCatalogueState, type SearchParams } from '@/features/catalogue/catalogue-state.ts';
import { ModelResults } from '@/features/model/ModelsPage.tsx';
import { paths } from '@/navigation/paths.ts';
import { Button } from '@/ui/Button.tsx';
import { PageHeader } from '@/ui/PageHeader.tsx';
import { SkeletonTable } from '@/ui/Skeleton.tsx';

export const metadata: Metadata = { title: 'Models' };

export default async function Models({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const state = readCatalogueState(await searchParams);
  return (
    <>
      <PageHeader
        title="Models"
        actions={
          <Button asChild>
            <Link href={paths.unknowns()}>The largest unknowns</Link>
          </Button>
        }
      />
      <CatalogueSearch action={paths.models()} label="Search models" state={state} />
      <Suspense key={JSON.stringify(state)} fallback={<SkeletonTable rows={10} label="Loading the models" />}>
        <ModelResults state={state} />
      </Suspense>
    </>
  );
}
