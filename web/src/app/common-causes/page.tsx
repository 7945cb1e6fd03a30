import type { Metadata } from 'next';
import Link from 'next/link';
import { Suspense } from 'react';
import type { SearchParams } from '@/features/catalogue/catalogue-state.ts';
import { CommonCauses } from '@/features/common-causes/CommonCausesPage.tsx';
import { readChosen } from '@/features/common-causes/chosen.ts';
import { paths } from '@/navigation/paths.ts';
import { PageHeader } from '@/ui/PageHeader.tsx';
import { SkeletonTable } from '@/ui/Skeleton.tsx';

export const metadata: Metadata = { title: 'Common causes' };

export default async function CommonCausesRoute({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const chosen = readChosen(await searchParams);
  return (
    <>
      <PageHeader
        eyebrow={<Link href={paths.incidents()}>Incidents</Link>}
        title="Common causes"
        meta="What the model versions behind some incidents were trained on, and others that were measured for the same and showed nothing were not."
      />
      <Suspense
        key={JSON.stringify(chosen)}
        fallback={<SkeletonTable rows={10} label="Loading the common causes" />}
      >
        <CommonCauses chosen={chosen} />
      </Suspense>
    </>
  );
}
