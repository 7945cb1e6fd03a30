import type { ImportWholeFragment } from '@/graphql/generated/graphql.ts';
import { textLinkLook } from '@/navigation/RefLink.tsx';
import { Notice } from '@/ui/Notice.tsx';
import { grouped, percent } from '@/ui/numbers.ts';
import { ProgressBar } from '@/ui/ProgressBar.tsx';
import { StatusDot } from '@/ui/StatusDot.tsx';
import { bareDatasets } from './bare-datasets.ts';
import { isUntold } from './field-fates.ts';
import { Untold } from './Untold.tsx';

const RESULT = {
  RUNNING: { status: 'STARTED', label: 'Running' },
  SUCCEEDED: { status: 'SUCCESS', label: 'Taken in' },
  FAILED: { status: 'ERROR', label: 'Given up' },
} as const;

/**
 * How many things a person has been asked to say: what each model is, which version each dataset, and what each scorer
 * means. `to` is where the first of them is asked.
 */
export function toConfirm(row: ImportWholeFragment): { count: number; to: string } {
  // One name may have been recorded as two things: it is one question.
  const models = new Set(row.models.flatMap(({ name, alias }) => (alias ? [] : name))).size;
  const datasets = bareDatasets(row).length;
  return {
    count: models + datasets + row.rulesToPropose.length,
    to: models ? '#model' : datasets ? '#datasets' : '#rules',
  };
}

/** How far an import has come, what came of it in figures, and why it failed where it did. */
export function ImportStanding({ row }: { row: ImportWholeFragment }) {
  const { progress } = row;
  const untold = row.status !== 'FAILED' && isUntold(row);
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
        {share !== null && row.status === 'RUNNING' ? (
          <span className="text-ink-2">{percent(Math.min(1, share))} of the file read</span>
        ) : null}
        {row.alreadyImported ? (
          <span className="text-ink-2">It says what was recorded before: nothing new was made of it.</span>
        ) : null}
      </div>
      {progress && row.status === 'RUNNING' ? (
        <ProgressBar label="Read of the file" value={Number(progress.bytesRead)} of={Number(row.bytes)} />
      ) : null}
      {row.error ? <Notice tone="danger">{row.error}</Notice> : null}
      {progress ? (
        <dl className="grid grid-cols-2 gap-4 sm:grid-cols-4">
          <Figure name={isOfLines(row.format) ? 'Lines read' : 'Eval runs read'} value={progress.lines} />
          <Figure name="New, recorded" value={progress.added} />
          <Figure name="Recorded before" value={progress.held} />
          <Figure
            name="Refused"
            value={progress.refused}
            alarming={progress.refused > 0}
            to={untold ? undefined : '#left-out'}
          />
        </dl>
      ) : (
        <Outcome row={row} untold={untold} />
      )}
      {untold && row.status === 'SUCCEEDED' ? <Untold /> : null}
      {untold || row.isToldInFull ? null : (
        <p className="text-sm text-ink-2">
          What it came to against what is recorded is told to whoever sent the file, auditors and
          administrators.
        </p>
      )}
    </section>
  );
}

/** What a file that is taken at once came to; each figure leads to what it counts. */
function Outcome({ row, untold }: { row: ImportWholeFragment; untold: boolean }) {
  if (row.status !== 'SUCCEEDED') return null;
  const incidents = row.truncations.find(({ field }) => field === 'incidents')?.total ?? row.incidents.length;
  const unknown = row.leftOut.filter(({ understood }) => !understood).length;
  const asked = toConfirm(row);
  return (
    <dl className="grid grid-cols-2 gap-4 sm:grid-cols-4">
      {row.evalRuns.length > 0 ? (
        <Figure name="Eval runs" value={row.evalRuns.length} to="#eval-runs" />
      ) : null}
      {incidents > 0 ? <Figure name="Incidents" value={incidents} to="#incidents" /> : null}
      {untold && asked.count === 0 ? null : <Figure name="To confirm" value={asked.count} to={asked.to} />}
      {untold ? null : (
        <>
          <Figure name="Warnings" value={row.warnings.length} to="#warnings" />
          <Figure name="Fields not understood" value={unknown} to="#fields" />
        </>
      )}
    </dl>
  );
}

function Figure(props: { name: string; value: number; alarming?: boolean; to?: string }) {
  const { name, value } = props;
  return (
    <div>
      <dt className="text-xs text-ink-3">{name}</dt>
      <dd className={`text-xl font-semibold tabular-nums ${props.alarming ? 'text-danger' : ''}`}>
        {value === 0 || !props.to ? (
          grouped(value)
        ) : (
          <a href={props.to} className={textLinkLook} aria-label={`${name}: ${grouped(value)}`}>
            {grouped(value)}
          </a>
        )}
      </dd>
    </div>
  );
}

/** What is counted while it runs: a file of lineage or of documents has lines, any other tells of eval runs. */
const isOfLines = (format: string) => /^(?:lineage|documents)-/.test(format);
