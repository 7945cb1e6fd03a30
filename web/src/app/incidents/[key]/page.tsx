import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { IncidentPage } from '@/features/incident/page/IncidentPage.tsx';
import { loadIncident } from '@/features/incident/page/incident-query.ts';
import { Unanswered } from '@/graphql/Unanswered.tsx';
import { fromSegment } from '@/navigation/paths.ts';

interface Props {
  params: Promise<{ key: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const key = fromSegment((await params).key);
  const answer = await loadIncident(key);
  return {
    title: answer.kind === 'data' && answer.data ? `${answer.data.key ?? 'Draft'} ${answer.data.title}` : key,
  };
}

export default async function Incident({ params, searchParams }: Props) {
  const answer = await loadIncident(fromSegment((await params).key));
  if (answer.kind !== 'data') return <Unanswered answer={answer} what="This incident" />;
  if (!answer.data) notFound();
  return <IncidentPage incident={answer.data} problems={answer.problems} searchParams={await searchParams} />;
}
