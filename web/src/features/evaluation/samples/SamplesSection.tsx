'use client';

import Link from 'next/link';
import { useRouter, useSearchParams } from 'next/navigation';
import { useCallback, useState } from 'react';
import type { EvalRunPageQuery } from '@/graphql/generated/graphql.ts';
import { paths, type SampleListState } from '@/navigation/paths.ts';
import { Button } from '@/ui/Button.tsx';
import { EmptyState } from '@/ui/EmptyState.tsx';
import { Notice } from '@/ui/Notice.tsx';
import { plural } from '@/ui/numbers.ts';
import { SkeletonTable } from '@/ui/Skeleton.tsx';
import { SampleFilters } from './SampleFilters.tsx';
import { SampleTable } from './SampleTable.tsx';
import { isFiltered, readFilters } from './sample-filters.ts';
import { type SampleRow, useSamples } from './use-samples.ts';

type Run = Pick<
  Extract<NonNullable<EvalRunPageQuery['lineageNode']>, { __typename: 'EvalRun' }>,
  'ref' | 'name' | 'modelVersion' | 'sampleOutcomes' | 'sampleConditions' | 'sampleScores'
>;

/** As many as an incident can carry as evidence at once. */
const MOST_CHOSEN = 20;

/** The samples of a run by what they came to; some of them can be filed as an incident, with their evidence. */
export function SamplesSection({ run }: { run: Run }) {
  const router = useRouter();
  const state = readFilters(useSearchParams());
  const [chosen, setChosen] = useState<ReadonlyMap<string, SampleRow>>(new Map());
  const {
    rows,
    totalCount,
    isPending,
    isError,
    error,
    refetch,
    fetchNextPage,
    isFetchingNextPage,
    isFetchNextPageError,
  } = useSamples(run.ref, state);

  const show = (next: SampleListState) => {
    router.replace(paths.evalRunSamples(run.name, next), { scroll: false });
  };
  const choose = (sample: SampleRow, on: boolean) =>
    setChosen((old) => {
      const next = new Map(old);
      if (on && next.size < MOST_CHOSEN) next.set(sample.id, sample);
      else next.delete(sample.id);
      return next;
    });
  const more = useCallback(() => {
    if (!isFetchingNextPage && !isFetchNextPageError) void fetchNextPage();
  }, [fetchNextPage, isFetchingNextPage, isFetchNextPageError]);

  return (
    <div className="flex flex-col gap-3">
      <SampleFilters
        outcomes={run.sampleOutcomes}
        conditions={run.sampleConditions}
        scores={run.sampleScores}
        state={state}
        onChange={show}
      />
      <div className="flex min-h-9 flex-wrap items-center gap-x-4 gap-y-2 text-sm" aria-live="polite">
        <span className="text-ink-2">{totalCount === null ? '' : plural(totalCount, 'sample')}</span>
        {chosen.size === 0 ? (
          <Button size="sm" asChild>
            <Link href={paths.judge(run.name)}>Judge them yourself</Link>
          </Button>
        ) : null}
        {chosen.size > 0 ? (
          <>
            <span>{`${chosen.size} chosen${chosen.size === MOST_CHOSEN ? ', as many as can be at once' : ''}`}</span>
            <Button size="sm" look="primary" asChild>
              <Link href={newIncident(run, [...chosen.values()])}>File an incident from these samples</Link>
            </Button>
            <Button size="sm" look="quiet" onClick={() => setChosen(new Map())}>
              Choose none
            </Button>
          </>
        ) : null}
      </div>
      {isPending ? <SkeletonTable rows={8} label="Loading the samples" /> : null}
      {isError && totalCount === null ? (
        <Notice tone="danger" title="The samples are not to be had">
          {error.message}{' '}
          <Button size="sm" onClick={() => void refetch()}>
            Try again
          </Button>
        </Notice>
      ) : null}
      {totalCount === 0 ? (
        <EmptyState
          kind="no-match"
          title="No sample meets all of this"
          action={isFiltered(state) ? <Button onClick={() => show({})}>Show all</Button> : null}
        />
      ) : null}
      {totalCount ? (
        <SampleTable
          run={run.name}
          rows={rows}
          manyConditions={run.sampleConditions.length > 1}
          total={totalCount}
          chosen={new Set(chosen.keys())}
          onChoose={choose}
          onEnd={more}
        />
      ) : null}
      {isError && totalCount !== null ? (
        <p className="text-sm text-danger">
          Further samples did not come.{' '}
          <Button size="sm" onClick={() => void fetchNextPage()}>
            Try again
          </Button>
        </p>
      ) : null}
    </div>
  );
}

function newIncident(run: Run, samples: readonly SampleRow[]): string {
  const shown = samples.flatMap((sample) =>
    sample.outcomes.flatMap(({ behavior, outcome }) =>
      outcome === 'EXHIBITED' ? [behavior.split(' (')[0] ?? behavior] : [],
    ),
  );
  return paths.newIncident({
    evalRun: run.ref,
    modelVersion: run.modelVersion.ref,
    behavior: [...new Set(shown)],
    sample: samples.map((sample) => sample.id),
    sampleName: samples.map((sample) => `${sample.sampleId}, epoch ${sample.epoch}`),
  });
}
