import type { Metadata } from 'next';
import Link from 'next/link';
import { Suspense } from 'react';
import { CatalogueFilter, CatalogueSearch } from '@/features/catalogue/Catalogue.tsx';
import { one, readCatalogueState, type SearchParams } from '@/features/catalogue/catalogue-state.ts';
import { RegressionRuleResults } from '@/features/regression/RegressionRulesPage.tsx';
import { paths } from '@/navigation/paths.ts';
import { Button } from '@/ui/Button.tsx';
import { PageHeader } from '@/ui/PageHeader.tsx';
import { SkeletonTable } from '@/ui/Skeleton.tsx';

export const metadata: Metadata = { title: 'Regression watch' };

export default async function Regressions({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const params = await searchParams;
  const retired = one(params.retired) === '1';
  const state = { ...readCatalogueState(params), behavior: one(params.behavior), retired };
  const { behavior, search } = state;
  const kept = { behavior, retired: retired ? ('1' as const) : null };
  return (
    <>
      <PageHeader
        title={retired ? 'Regression watch: retired rules' : 'Regression watch'}
        meta={
          <span className="max-w-prose">
            Rules that look at each measurement as it is recorded. Where a behaviour is back, its incident is
            reopened, or one is drafted, and whoever watches is told.
          </span>
        }
        actions={
          <>
            <Button asChild>
              <Link href={paths.regressions({ behavior, search, retired: retired ? null : '1' })}>
                {retired ? 'Those that stand' : 'Those retired'}
              </Link>
            </Button>
            <Button asChild>
              <Link href={paths.newRegressionRule({ behavior })}>Make a rule</Link>
            </Button>
          </>
        }
      />
      <CatalogueSearch action={paths.regressions()} label="Search rules" state={state} kept={kept} />
      {behavior ? (
        <CatalogueFilter
          name="Behaviour"
          value={behavior}
          clear={paths.regressions({ ...kept, behavior: null, search })}
        />
      ) : null}
      <Suspense key={JSON.stringify(state)} fallback={<SkeletonTable rows={6} label="Loading the rules" />}>
        <RegressionRuleResults state={state} />
      </Suspense>
    </>
  );
}
