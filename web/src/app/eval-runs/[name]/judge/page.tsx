import type { Metadata } from 'next';
import { one, type SearchParams } from '@/features/catalogue/catalogue-state.ts';
import { JudgePage } from '@/features/evaluation/judging/JudgePage.tsx';
import { fromSegment } from '@/navigation/paths.ts';

export const metadata: Metadata = { title: 'Judge samples' };

type Props = { params: Promise<{ name: string }>; searchParams: Promise<SearchParams> };

export default async function Judge({ params, searchParams }: Props) {
  const [{ name }, search] = [await params, await searchParams];
  const state = {
    behavior: one(search.behavior),
    grader: one(search.grader),
    condition: one(search.condition),
  };
  return <JudgePage name={fromSegment(name)} state={state} />;
}
