import type { Metadata } from 'next';
import { NewIncidentForm } from '@/features/incident/new/NewIncidentForm.tsx';
import { PageHeader } from '@/ui/PageHeader.tsx';

export const metadata: Metadata = { title: 'File an incident' };

/** As many as one form carries along. */
const MOST_SAMPLES = 20;

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

/** References in the address (`?evalRun=…&modelVersion=…`) come chosen in the form. */
export default async function NewIncident({ searchParams }: Props) {
  const params = await searchParams;
  const chosen = (name: string) =>
    [params[name] ?? []].flat().map((ref) => ({ value: ref, label: ref.slice(ref.indexOf(':') + 1) }));
  const plain = (name: string) => [params[name] ?? []].flat();
  const behaviors = plain('behavior').map((name) => ({ value: name, label: name }));
  const names = plain('sampleName');
  const samples = plain('sample')
    .slice(0, MOST_SAMPLES)
    .map((id, nth) => ({ value: id, label: names[nth] ?? 'An eval sample' }));
  return (
    <>
      <PageHeader title="File an incident" meta="Two fields are needed. The rest can follow later." />
      <NewIncidentForm
        initial={{ evalRuns: chosen('evalRun'), modelVersions: chosen('modelVersion'), behaviors, samples }}
      />
    </>
  );
}
