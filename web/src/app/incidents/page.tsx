import type { Metadata } from 'next';
import Link from 'next/link';
import { Suspense } from 'react';
import { fileButton, IncidentFilterBar, IncidentResults } from '@/features/incident/list/IncidentsPage.tsx';
import { readListState, type SearchParams } from '@/features/incident/list/list-state.ts';
import { paths } from '@/navigation/paths.ts';
import { Button } from '@/ui/Button.tsx';
import { PageHeader } from '@/ui/PageHeader.tsx';
import { SkeletonTable } from '@/ui/Skeleton.tsx';

export const metadata: Metadata = { title: 'Incidents' };

export default async function Incidents({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const state = readListState(await searchParams);
  // A peek keeps the table that stands there; any other change shows that a new one is on its way.
  const listKey = JSON.stringify({ ...state, peek: null });
  return (
    <>
      <PageHeader
        title="Incidents"
        actions={
          <>
            <Button asChild>
              <Link href={paths.regressions()}>Regression watch</Link>
            </Button>
            {fileButton}
          </>
        }
      />
      <IncidentFilterBar state={state} />
      <Suspense key={listKey} fallback={<SkeletonTable rows={10} label="Loading the incidents" />}>
        <IncidentResults state={state} />
      </Suspense>
    </>
  );
}
