import type { Metadata } from 'next';
import { broughtOf } from '@/features/incident/new/brought.ts';
import { NewIncidentForm } from '@/features/incident/new/NewIncidentForm.tsx';
import { PageHeader } from '@/ui/PageHeader.tsx';

export const metadata: Metadata = { title: 'File an incident' };

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export default async function NewIncident({ searchParams }: Props) {
  const params = await searchParams;
  return (
    <>
      <PageHeader title="File an incident" meta="Two fields are needed. The rest can follow later." />
      <NewIncidentForm brought={broughtOf(params)} />
    </>
  );
}
