'use client';

import { useQuery } from '@tanstack/react-query';
import { ask, explain } from '@/graphql/browser.ts';
import type { ImportWholeFragment } from '@/graphql/generated/graphql.ts';
import { RefLink } from '@/navigation/RefLink.tsx';
import { Count, Day, PageFacts } from '@/ui/Figure.tsx';
import { Notice } from '@/ui/Notice.tsx';
import { grouped, percent } from '@/ui/numbers.ts';
import { ProgressBar } from '@/ui/ProgressBar.tsx';
import { RefLabel } from '@/ui/RefLabel.tsx';
import { Section } from '@/ui/Section.tsx';
import { StatusDot } from '@/ui/StatusDot.tsx';
import { Table, Td, Th } from '@/ui/Table.tsx';
import { DatasetsOfImport } from './DatasetsOfImport.tsx';
import { formatName } from './format-name.ts';
import { IncidentsOfImport } from './IncidentsOfImport.tsx';
import { IMPORT } from './import-document.ts';
import { ModelName } from './ModelName.tsx';
import { RulesToPropose } from './RulesToPropose.tsx';

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
    <div className="flex flex-col gap-6">
      {error ? (
        <Notice tone="warning" role="alert" title="How far it has come is not known at the moment">
          {error.message}
        </Notice>
      ) : null}
      <Standing row={data} />
      <PageFacts
        items={[
          { name: 'Format', value: formatName(data.format) },
          { name: 'Size', value: <Count value={data.bytes} of="bytes" /> },
          { name: 'Digest', value: <RefLabel value={data.digest} /> },
          { name: 'Begun', value: <Day value={data.recordedAt} /> },
          { name: 'By', value: data.importedBy.name },
        ]}
      />
      <EvalRuns runs={data.evalRuns} />
      {data.warnings.map((warning) => (
        <Notice key={warning}>{warning}</Notice>
      ))}
      {data.model ? <ModelName of={data.model} importId={data.id} blocked={blocked} /> : null}
      <DatasetsOfImport row={data} />
      <RulesToPropose row={data} />
      <IncidentsOfImport row={data} />
      <LeftOut row={data} />
    </div>
  );
}

/** A file of a benchmark's tasks tells of dozens. */
function EvalRuns({ runs }: { runs: ImportWholeFragment['evalRuns'] }) {
  if (runs.length === 0) return null;
  return (
    <Section id="eval-runs" title={runs.length === 1 ? 'Eval run' : 'Eval runs'} count={runs.length}>
      <ul className="grid gap-x-6 gap-y-1 text-sm sm:grid-cols-2 lg:grid-cols-3">
        {runs.map((run) => (
          <li key={run.ref}>
            <RefLink refOf={run.ref}>{run.label}</RefLink>
          </li>
        ))}
      </ul>
    </Section>
  );
}

const RESULT = {
  RUNNING: { status: 'STARTED', label: 'Running' },
  SUCCEEDED: { status: 'SUCCESS', label: 'Taken in' },
  FAILED: { status: 'ERROR', label: 'Given up' },
} as const;

function Standing({ row }: { row: ImportWholeFragment }) {
  const { progress } = row;
  const share = progress ? Number(progress.bytesRead) / Math.max(1, Number(row.bytes)) : null;
  return (
    <section
      aria-label="How far it has come"
      className="flex flex-col gap-4 rounded-lg border border-line bg-surface p-4"
    >
      <div className="flex flex-wrap items-center gap-x-4 gap-y-1 text-sm" role="status">
        <span className="font-medium">
          <StatusDot {...RESULT[row.status]} />
        </span>
        {progress && share !== null && row.status === 'RUNNING' ? (
          <span className="text-ink-2">{percent(Math.min(1, share))} of the file read</span>
        ) : null}
      </div>
      {progress && share !== null && row.status === 'RUNNING' ? (
        <ProgressBar label="Read of the file" value={Number(progress.bytesRead)} of={Number(row.bytes)} />
      ) : null}
      {row.error ? (
        <Notice tone="danger" title="Given up">
          {row.error}
        </Notice>
      ) : null}
      {progress ? (
        <dl className="grid grid-cols-2 gap-4 sm:grid-cols-4">
          <Figure name={isOfLines(row.format) ? 'Lines read' : 'Eval runs read'} value={progress.lines} />
          <Figure name="New, recorded" value={progress.added} />
          <Figure name="Recorded before" value={progress.held} />
          <Figure name="Refused" value={progress.refused} alarming={progress.refused > 0} />
        </dl>
      ) : (
        <dl className="flex flex-col gap-1.5 text-sm">
          {row.kept.map((kept) => (
            <div key={`${kept.field} ${kept.how}`}>
              <dt className="font-mono text-xs">{kept.field}</dt>
              <dd className="text-ink-2">{kept.how}</dd>
            </div>
          ))}
        </dl>
      )}
    </section>
  );
}

/** What is counted while it runs: a file of lineage or of documents has lines, any other tells of eval runs. */
const isOfLines = (format: string) => /^(?:lineage|documents)-/.test(format);

function Figure({ name, value, alarming }: { name: string; value: number; alarming?: boolean }) {
  return (
    <div>
      <dt className="text-xs text-ink-3">{name}</dt>
      <dd className={`text-xl font-semibold tabular-nums ${alarming ? 'text-danger' : ''}`}>
        {grouped(value)}
      </dd>
    </div>
  );
}

const AGAIN = 'Put these right and send the file again: what is recorded already is left as it is.';
const REFUSED_NOTE = {
  RUNNING: 'So far.',
  SUCCEEDED: `Everything else was taken. ${AGAIN}`,
  FAILED: `The rest of the file was not read. ${AGAIN}`,
} as const;

function LeftOut({ row }: { row: ImportWholeFragment }) {
  if (row.leftOut.length === 0) return null;
  return (
    <Section
      id="left-out"
      title={row.progress ? 'Refused' : 'Left out'}
      count={row.leftOut.length}
      note={row.progress ? REFUSED_NOTE[row.status] : undefined}
    >
      <Table label={row.progress ? 'Lines refused' : 'Left out'}>
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
