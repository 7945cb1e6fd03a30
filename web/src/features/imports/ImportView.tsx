'use client';

import { useQuery } from '@tanstack/react-query';
import { ask, explain } from '@/graphql/browser.ts';
import type { ImportWholeFragment } from '@/graphql/generated/graphql.ts';
import { Day, PageFacts, Size } from '@/ui/Figure.tsx';
import { Notice } from '@/ui/Notice.tsx';
import { grouped } from '@/ui/numbers.ts';
import { RefLabel } from '@/ui/RefLabel.tsx';
import { Section } from '@/ui/Section.tsx';
import { Table, Td, Th } from '@/ui/Table.tsx';
import { DatasetsOfImport } from './DatasetsOfImport.tsx';
import { FieldReport } from './FieldReport.tsx';
import { formatName } from './format-name.ts';
import { ImportStanding } from './ImportStanding.tsx';
import { IncidentsOfImport } from './IncidentsOfImport.tsx';
import { IMPORT } from './import-document.ts';
import { ModelsOfImport } from './ModelsOfImport.tsx';
import { RulesToPropose } from './RulesToPropose.tsx';
import { RunsOfImport } from './RunsOfImport.tsx';

const EVERY_MS = 1_000;

/** An import as it stands; while it runs, asked for anew every second. */
export function ImportView({
  initial,
  blocked,
}: {
  initial: ImportWholeFragment;
  /** Why the viewer can confirm nothing; null where they can. */
  blocked: string | null;
}) {
  const { data, error } = useQuery({
    queryKey: ['import', initial.id],
    initialData: initial,
    refetchInterval: ({ state }) => (state.data?.status === 'RUNNING' ? EVERY_MS : false),
    queryFn: async ({ signal }) => {
      const answer = await ask(IMPORT, { id: initial.id }, signal);
      if (answer.kind !== 'data') throw new Error(explain(answer));
      return answer.data.import ?? initial;
    },
  });
  return (
    <div className="flex flex-col">
      {error ? (
        <Notice
          tone="warning"
          role="alert"
          title="How far it has come is not known at the moment"
          className="mb-4"
        >
          {error.message}
        </Notice>
      ) : null}
      <ImportStanding row={data} />
      <RunsOfImport runs={data.evalRuns} />
      <IncidentsOfImport row={data} />
      {data.progress ? <Refused row={data} /> : null}
      <Warnings of={data.warnings} />
      <ModelsOfImport row={data} blocked={blocked} />
      <DatasetsOfImport row={data} blocked={blocked} />
      <RulesToPropose row={data} />
      <Section
        id="fields"
        title="The file"
        note={data.kept.length > 0 ? 'What it is, and what became of each of its fields.' : undefined}
      >
        <div className="flex flex-col gap-4">
          <PageFacts
            items={[
              { name: 'Format', value: formatName(data.format) },
              { name: 'Size', value: <Size bytes={data.bytes} /> },
              { name: 'Digest', value: <RefLabel value={data.digest} /> },
              { name: 'Begun', value: <Day value={data.recordedAt} /> },
              { name: 'By', value: data.importedBy.name },
            ]}
          />
          {data.progress && data.kept.length === 0 ? null : <FieldReport of={data} />}
        </div>
      </Section>
    </div>
  );
}

function Warnings({ of }: { of: readonly string[] }) {
  if (of.length === 0) return null;
  return (
    <section id="warnings" aria-label="Warnings" className="mt-6 scroll-mt-9">
      <Notice tone="warning" title="To know before relying on it">
        <ul className="list-disc pl-4">
          {of.map((warning) => (
            <li key={warning} className="break-words">
              {warning}
            </li>
          ))}
        </ul>
      </Notice>
    </section>
  );
}

const AGAIN = 'Put these right and send the file again: what is recorded already is left as it is.';
const REFUSED_NOTE = {
  RUNNING: 'So far.',
  SUCCEEDED: `Everything else was taken. ${AGAIN}`,
  FAILED: `The rest of the file was not read. ${AGAIN}`,
} as const;

/** The lines of a file of many that were not taken, each with its reason. */
function Refused({ row }: { row: ImportWholeFragment }) {
  if (row.leftOut.length === 0) return null;
  return (
    <Section id="left-out" title="Refused" count={row.leftOut.length} note={REFUSED_NOTE[row.status]}>
      <Table label="Lines refused">
        <thead>
          <tr>
            <Th>Where</Th>
            <Th align="right">How many</Th>
            <Th>Why</Th>
          </tr>
        </thead>
        <tbody>
          {row.leftOut.map((left) => (
            <tr key={`${left.field} ${left.reason}`}>
              <Td className="whitespace-nowrap">{left.field}</Td>
              <Td align="right">{left.count === null ? '' : grouped(left.count)}</Td>
              <Td className="min-w-72 break-words">{left.reason}</Td>
            </tr>
          ))}
        </tbody>
      </Table>
    </Section>
  );
}
