import type { ImportReportFragment } from '@/graphql/generated/graphql.ts';
import { paths } from '@/navigation/paths.ts';
import { Button } from '@/ui/Button.tsx';
import { Day, Facts, Size } from '@/ui/Figure.tsx';
import { Notice } from '@/ui/Notice.tsx';
import { plural, words } from '@/ui/numbers.ts';
import { RefLabel } from '@/ui/RefLabel.tsx';
import { StatusDot } from '@/ui/StatusDot.tsx';
import { FieldReport } from '../imports/FieldReport.tsx';
import { isUntold } from '../imports/field-fates.ts';
import { formatName } from '../imports/format-name.ts';
import { Untold } from '../imports/Untold.tsx';
import { RereadImport } from './RereadImport.tsx';
import { RereadingGoing } from './RereadingGoing.tsx';

/** What an import made of its file: what it kept and how, what it left out and why. */
export function ImportReport({ report }: { report: ImportReportFragment }) {
  return (
    <div className="flex flex-col gap-4 text-sm">
      <Facts
        items={[
          { name: 'File', value: <span className="break-all">{report.fileName}</span> },
          { name: 'Format', value: formatName(report.format) },
          { name: 'Size', value: <Size bytes={report.bytes} /> },
          { name: 'Digest', value: <RefLabel value={report.digest} /> },
          {
            name: 'Imported',
            value: (
              <span>
                <Day value={report.recordedAt} /> by {report.importedBy.name}
              </span>
            ),
          },
          {
            name: 'Result',
            value: (
              <StatusDot
                status={
                  report.status === 'SUCCEEDED' ? 'SUCCESS' : report.status === 'FAILED' ? 'ERROR' : 'STARTED'
                }
                label={words(report.status)}
              />
            ),
          },
        ]}
      />
      <KeptFile report={report} />
      {report.rereading ? (
        <RereadingGoing key={report.rereading.since} id={report.id} initial={report.rereading} />
      ) : null}
      <Readings readings={report.readings} />
      {report.error ? (
        <Notice tone="danger" title="It failed">
          {report.error}
        </Notice>
      ) : null}
      {report.warnings.length ? (
        <Notice tone="warning" title="To know before relying on it">
          <ul className="list-disc pl-4">
            {report.warnings.map((w) => (
              <li key={w}>{w}</li>
            ))}
          </ul>
        </Notice>
      ) : null}
      {report.status === 'SUCCEEDED' && isUntold(report) ? <Untold /> : <FieldReport of={report} />}
    </div>
  );
}

/** The file itself, where it is kept: to be taken away, and to be read again. */
function KeptFile({ report }: { report: ImportReportFragment }) {
  const { file } = report;
  if (!file)
    return (
      <p className="text-ink-2">
        The file itself is not kept here, or tells of more than you may see: there are no transcripts to read.
      </p>
    );
  return (
    <div className="flex flex-wrap items-center gap-3">
      {file.restricted ? (
        <span className="text-ink-2">The file is read only with a reason.</span>
      ) : (
        <Button size="sm" asChild>
          <a href={paths.importFile(report.id)} download>
            Download the file
          </a>
        </Button>
      )}
      <RereadImport id={report.id} />
      {file.reveals?.length ? (
        <details className="basis-full">
          <summary>{`Opened ${plural(file.reveals.length, 'time')}, each with a reason`}</summary>
          <ul>
            {file.reveals.map((one) => (
              <li key={one.id}>
                {one.by.name}, <Day value={one.at} />: {one.reason}
              </li>
            ))}
          </ul>
        </details>
      ) : null}
    </div>
  );
}

function Readings({ readings }: { readings: ImportReportFragment['readings'] }) {
  if (readings.length === 0) return null;
  return (
    <section className="rounded-lg border border-line bg-surface p-4">
      <h3 className="mb-2 font-semibold">Read again</h3>
      <ul className="flex flex-col gap-2">
        {readings.map((reading) => (
          <li key={reading.id}>
            <Day value={reading.at} /> by {reading.by.name}:{' '}
            {reading.same ? 'it says what it said before.' : 'it says otherwise; both readings stand.'}
            {reading.changes.length > 0 ? (
              <ul className="mt-1 list-disc pl-5 text-ink-2">
                {reading.changes.map((change) => (
                  <li key={`${change.run} ${change.subject}`} className="break-words">
                    {change.subject}: {change.before ?? 'not said'} → {change.after ?? 'not said any more'}
                  </li>
                ))}
              </ul>
            ) : null}
          </li>
        ))}
      </ul>
    </section>
  );
}
