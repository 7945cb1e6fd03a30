import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { one, type SearchParams } from '@/features/catalogue/catalogue-state.ts';
import { SamplePage } from '@/features/evaluation/samples/SamplePage.tsx';
import { loadSample } from '@/features/evaluation/samples/sample-query.ts';
import { loadViewer } from '@/features/shell/viewer.ts';
import { Unanswered } from '@/graphql/Unanswered.tsx';
import { fromSegment } from '@/navigation/paths.ts';

type Props = {
  params: Promise<{ name: string; sampleId: string }>;
  searchParams: Promise<SearchParams>;
};

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: `Sample ${fromSegment((await params).sampleId)}` };
}

export default async function EvalSample({ params, searchParams }: Props) {
  const { name, sampleId } = await params;
  const stated = Number(one((await searchParams).epoch) ?? 1);
  const epoch = Number.isSafeInteger(stated) && stated > 0 && stated < 2 ** 31 ? stated : 1;
  const answer = await loadSample(`eval-run:${fromSegment(name)}`, fromSegment(sampleId), epoch);
  if (answer.kind !== 'data') return <Unanswered answer={answer} what="This sample" />;
  const run = answer.data.lineageNode;
  if (run?.__typename !== 'EvalRun' || !run.sample) notFound();
  const { signedIn } = await loadViewer();
  return <SamplePage run={run} sample={run.sample} problems={answer.problems} signedIn={signedIn} />;
}
