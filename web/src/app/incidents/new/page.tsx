import type { Metadata } from 'next';
import { NewIncidentForm } from '@/features/incident/new/NewIncidentForm.tsx';
import { PageHeader } from '@/ui/PageHeader.tsx';

export const metadata: Metadata = { title: 'File an incident' };

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

/** References in the address (`?evalRun=…&modelVersion=…`) come chosen in the form. */
export default async function NewIncident({ searchParams }: Props) {
  const params = await searchParams;
  const chosen = (name: string) =>
    [params[name] ?? []].flat().map((ref) => ({ value: ref, label: ref.slice(ref.indexOf(':') + 1) }));
  return (
    <>
      <PageHeader title="File an incident" meta="Two fields are needed. The rest can follow later." />
      <NewIncidentForm initial={{ evalRuns: chosen('evalRun'), modelVersions: chosen('modelVersion') }} />
    </>
  );
}
