'use client';

import { useQuery } from '@tanstack/react-query';
import { useCallback, useEffect, useState } from 'react';
import { keepDraft, keptDraft } from '@/auth/kept-drafts.ts';
import { ask, explain } from '@/graphql/browser.ts';
import {
  type Draft,
  type Judgement,
  type Judging,
  keyOf,
  mixed,
  readDraft,
  type SampleToJudge,
  storedAs,
} from './judgement-draft.ts';
import { SAMPLES_TO_JUDGE } from './judging-documents.ts';

/** As many samples as are judged at once. */
export const MOST_TO_JUDGE = 1_000;

export interface SamplesToJudge {
  samples: SampleToJudge[];
  total: number;
}

/** The samples of a run under a condition, in an order that does not follow the log. */
export function useSamplesToJudge(run: string, condition: string | null) {
  return useQuery({
    queryKey: ['to-judge', run, condition],
    queryFn: async ({ signal }): Promise<SamplesToJudge> => {
      const samples: SampleToJudge[] = [];
      let after: string | null = null;
      for (;;) {
        const answer: Awaited<ReturnType<typeof page>> = await page(run, condition, after, signal);
        samples.push(...answer.nodes);
        after = answer.pageInfo.hasNextPage ? (answer.pageInfo.endCursor ?? null) : null;
        if (after === null || samples.length >= MOST_TO_JUDGE)
          return { samples: mixed(samples), total: answer.totalCount };
      }
    },
    staleTime: Number.POSITIVE_INFINITY,
  });
}

async function page(run: string, condition: string | null, after: string | null, signal: AbortSignal) {
  const answer = await ask(SAMPLES_TO_JUDGE, { ref: run, condition, after }, signal);
  if (answer.kind !== 'data') throw new Error(explain(answer));
  const node = answer.data.lineageNode;
  if (node?.__typename !== 'EvalRun') throw new Error('This eval run is not to be found any more.');
  return node.samples;
}

/** What `owner` said so far, which outlives the page. */
export function useDraft(judging: Judging, owner: string | null) {
  const place = storedAs(judging);
  const [draft, setDraft] = useState<Draft>({});
  useEffect(() => setDraft(readDraft(keptDraft(owner, place))), [owner, place]);
  const keep = useCallback(
    (next: Draft) => {
      setDraft(next);
      keepDraft(owner, place, JSON.stringify(next));
    },
    [owner, place],
  );
  const say = (sample: SampleToJudge, said: Judgement | null) => {
    const { [keyOf(sample)]: _before, ...others } = draft;
    keep(said === null ? others : { ...others, [keyOf(sample)]: said });
  };
  const forget = () => {
    setDraft({});
    keepDraft(owner, place, null);
  };
  return { draft, say, forget };
}
