import type { Metadata } from 'next';
import Link from 'next/link';
import { Suspense } from 'react';
import { one, type SearchParams } from '@/features/catalogue/catalogue-state.ts';
import { UnknownResults } from '@/features/unknowns/UnknownsPage.tsx';
import { paths } from '@/navigation/paths.ts';
import { PageHeader } from '@/ui/PageHeader.tsx';
import { SkeletonTable } from '@/ui/Skeleton.tsx';

export const metadata: Metadata = { title: 'The largest unknowns' };

export default async function Unknowns({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const after = one((await searchParams).after);
  return (
    <>
      <PageHeader
        eyebrow={<Link href={paths.models()}>Models</Link>}
        title="The largest unknowns"
        meta="Stages of training of which most is unaccounted: first by tokens, then, where these are not stated, by share."
      />
      <Suspense key={after} fallback={<SkeletonTable rows={10} label="Loading the largest unknowns" />}>
        <UnknownResults after={after} />
      </Suspense>
    </>
  );
}
