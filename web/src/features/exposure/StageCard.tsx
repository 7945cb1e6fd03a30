import Link from 'next/link';
import { paths } from '@/navigation/paths.ts';
import { CitationMark } from '@/ui/CitationMark.tsx';
import { Count } from '@/ui/Figure.tsx';
import { percent } from '@/ui/numbers.ts';
import { REASON_WORDS } from '../lineage/lineage-words.ts';
import { stageTitle } from './exposure-layout.ts';
import type { Exposure, Stage } from './stage-bars.ts';

/** One training stage: what it was, and what was lost on the way. */
export function StageCard(props: {
  stage: Stage;
  grouping: Exposure['grouping'];
  /** The past moment that it is of; null for now. */
  knownOn: string | null;
}) {
  const { stage, knownOn } = props;
  const title = stageTitle(stage);
  const untagged = props.grouping === 'CONTENT_TAG' && stage.shares.length === 0;
  return (
    <li className="rounded-lg border border-line bg-surface p-4">
      <div className="flex flex-wrap items-baseline gap-x-3 gap-y-1">
        <h3 className="font-semibold">{title}</h3>
        {stage.trainingRun ? (
          <Link
            href={paths.ofRef(stage.trainingRun.ref, { asOf: knownOn })}
            className="text-sm text-ink-2 hover:text-accent hover:underline"
          >
            {stage.trainingRun.label}
          </Link>
        ) : null}
        {stage.trainingRun ? (
          <CitationMark citation={stage.trainingRun.citation} of={stage.trainingRun.label} />
        ) : null}
        {stage.trainingRun?.objective ? (
          <span className="text-xs text-ink-3">{stage.trainingRun.objective}</span>
        ) : null}
        <span className="ml-auto text-sm text-ink-2">
          <Count
            value={stage.tokens}
            of="tokens"
            unknown={<span className="text-ink-3">tokens not stated</span>}
          />
        </span>
      </div>
      {stage.recorded ? null : (
        <p className="mt-1 text-sm text-ink-2">
          How {stage.modelVersion ? stage.modelVersion.label : 'it'} was trained before this is not recorded,
          so all of it is unaccounted.
        </p>
      )}
      {untagged ? (
        <p className="mt-1 text-sm text-ink-2">
          No content measurement reaches this stage: how much of it carries which tag is not recorded.
        </p>
      ) : null}
      <Remarks stage={stage} knownOn={knownOn} />
    </li>
  );
}

function Remarks({ stage, knownOn }: { stage: Stage; knownOn: string | null }) {
  const remarks = [
    stage.averaged ? 'Shares are the average of the whole run, not of this checkpoint.' : null,
    stage.scaled ? 'Published shares summed to a little over 100% and were scaled to it.' : null,
    stage.compositions > 1
      ? `${stage.compositions} compositions stand side by side: shares are ranges over them.`
      : null,
  ].filter((r) => r !== null);
  return (
    <>
      {remarks.map((remark) => (
        <p key={remark} className="mt-1 text-xs text-ink-3">
          {remark}
        </p>
      ))}
      {stage.losses.length > 0 ? (
        <ul className="mt-2 flex flex-col gap-1 text-sm" aria-label="What is unaccounted, and why">
          {stage.losses.map((loss) => (
            <li key={`${loss.node.ref} ${loss.reason}`} className="flex flex-wrap items-center gap-x-2">
              <span
                aria-hidden="true"
                className="hatched inline-block h-3 w-5 rounded-sm border border-line-strong"
              />
              <span>
                {percent(loss.share)} lost at{' '}
                <Link
                  href={paths.ofRef(loss.node.ref, { asOf: knownOn })}
                  className="hover:text-accent hover:underline"
                >
                  {loss.node.label}
                </Link>
                : {REASON_WORDS[loss.reason]}
              </span>
              {loss.sources.length ? (
                <span className="text-xs text-ink-3">
                  among{' '}
                  {loss.sources
                    .slice(0, 4)
                    .map((s) => s.label)
                    .join(', ')}
                  {loss.sources.length > 4 ? ` and ${loss.sources.length - 4} more` : ''}
                </span>
              ) : null}
            </li>
          ))}
        </ul>
      ) : null}
    </>
  );
}
