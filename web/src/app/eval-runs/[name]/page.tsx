import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { one, type SearchParams } from '@/features/catalogue/catalogue-state.ts';
import { EvalRunPage } from '@/features/evaluation/EvalRunPage.tsx';
import { loadEvalRun } from '@/features/evaluation/eval-run-query.ts';
import { NeitherDay } from '@/features/lineage/NeitherDay.tsx';
import { Unanswered } from '@/graphql/Unanswered.tsx';
import { readAsOf } from '@/navigation/as-of.ts';
import { fromSegment } from '@/navigation/paths.ts';

type Props = { params: Promise<{ name: string }>; searchParams: Promise<SearchParams> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: fromSegment((await params).name) };
}

export default async function EvalRun({ params, searchParams }: Props) {
  const asked = one((await searchParams).asOf);
  const knownOn = readAsOf(asked).at;
  const ref = `eval-run:${fromSegment((await params).name)}`;
  const answer = await loadEvalRun(ref, knownOn);
  if (answer.kind !== 'data') return <Unanswered answer={answer} what="This eval run" />;
  const node = answer.data.lineageNode;
  if (node?.__typename !== 'EvalRun') notFound();
  return (
    <>
      <NeitherDay asked={asked} />
      <EvalRunPage run={node} problems={answer.problems} knownOn={knownOn} />
    </>
  );
}
