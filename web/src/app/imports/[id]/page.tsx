import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { ImportView } from '@/features/imports/ImportView.tsx';
import { IMPORT } from '@/features/imports/import-document.ts';
import { whyBlocked } from '@/features/lineage/can-write.ts';
import { query } from '@/graphql/execute.ts';
import { Unanswered } from '@/graphql/Unanswered.tsx';
import { fromSegment } from '@/navigation/paths.ts';
import { EmptyState } from '@/ui/EmptyState.tsx';
import { PageHeader } from '@/ui/PageHeader.tsx';

export const metadata: Metadata = { title: 'Import' };

export default async function Import({ params }: { params: Promise<{ id: string }> }) {
  const id = fromSegment((await params).id);
  // What is no id at all is nothing that could be found.
  if (!/^[A-Za-z0-9_-]{22}$/.test(id)) notFound();
  const answer = await query(IMPORT, { id });
  if (answer.kind !== 'data') return <Unanswered answer={answer} what="This import" />;
  const row = answer.data.import;
  return (
    <>
      <PageHeader eyebrow="Import" title={row?.fileName ?? 'An import'} />
      {row ? (
        <ImportView initial={row} blocked={await whyBlocked()} />
      ) : (
        <EmptyState kind="closed" title="There is no such import that you may see">
          An import of many lines is shown to whoever sent the file: sign in as they do.
        </EmptyState>
      )}
    </>
  );
}
