import { notFound } from 'next/navigation';
import type { ReactNode } from 'react';
import { isThereIncident } from '@/features/incident/page/incident-query.ts';
import { fromSegment } from '@/navigation/paths.ts';

/**
 * Answers 404 before anything is sent. The page below streams behind its skeleton, and what streams has already
 * said 200; so whether there is anything is asked here, outside that boundary.
 */
export default async function IncidentLayout(props: {
  params: Promise<{ key: string }>;
  children: ReactNode;
}) {
  if (!(await isThereIncident(fromSegment((await props.params).key)))) notFound();
  return props.children;
}
