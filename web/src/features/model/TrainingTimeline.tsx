import Link from 'next/link';
import { STAGE_TITLES } from '@/features/lineage/bands.ts';
import type { TimelineRunFragment } from '@/graphql/generated/graphql.ts';
import { paths } from '@/navigation/paths.ts';
import { linkLook, RefLink } from '@/navigation/RefLink.tsx';
import { CitationMark } from '@/ui/CitationMark.tsx';
import { Count, Day, ShareRange, Unknown } from '@/ui/Figure.tsx';
import { percent } from '@/ui/numbers.ts';

const SHOWN = 4;

const STARTED = { SCRATCH: 'scratch', MODEL: 'a model that is not named', UNKNOWN: 'not recorded' };

/** The stages that made a model version, in the order in which they happened. */
export function TrainingTimeline(props: { runs: readonly TimelineRunFragment[]; knownOn: string | null }) {
  const { runs } = props;
  if (runs.length === 0) {
    return (
      <p className="flex items-center gap-2 text-sm text-ink-2">
        <span
          aria-hidden="true"
          className="hatched inline-block h-4 w-8 rounded-sm border border-line-strong"
        />
        How it was trained is not recorded.
      </p>
    );
  }
  return (
    <section
      aria-label="Training stages in order"
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
      tabIndex={0}
      className="overflow-x-auto pb-2"
    >
      <ol className="flex flex-col gap-3 sm:flex-row sm:gap-0">
        {runs.map((run, index) => (
          <li key={run.id} className="flex min-w-64 flex-1 flex-col sm:max-w-96 sm:pr-3">
            <div aria-hidden="true" className="mb-2 hidden items-center sm:flex">
              <span className="flex size-6 items-center justify-center rounded-full border border-accent-line bg-accent-soft text-xs font-semibold text-accent">
                {index + 1}
              </span>
              <span className="ml-1 h-px flex-1 bg-line-strong" />
            </div>
            <RunCard run={run} knownOn={props.knownOn} />
          </li>
        ))}
      </ol>
    </section>
  );
}

function RunCard({ run, knownOn }: { run: TimelineRunFragment; knownOn: string | null }) {
  const inputs = [...run.inputs].sort((a, b) => (b.share ?? -1) - (a.share ?? -1));
  return (
    <article className="flex-1 rounded-lg border border-line bg-surface p-3.5 text-sm">
      <p className="text-xs font-medium text-ink-3">{STAGE_TITLES[run.stage]}</p>
      <h3 className="font-semibold break-words">
        <Link href={paths.lineage(run.ref, { asOf: knownOn })} className="hover:text-accent hover:underline">
          {run.label}
        </Link>
        <CitationMark citation={run.citation} of={run.label} />
      </h3>
      {run.objective ? <p className="text-ink-2">{run.objective}</p> : null}
      <p className="mt-1 text-ink-2">
        <Count value={run.tokens} of="tokens" unknown={<Unknown what="tokens not stated" />} />
        {run.occurredAt ? (
          <>
            {' · '}
            <Day value={run.occurredAt} />
          </>
        ) : null}
      </p>
      <ul className="mt-2 flex flex-col gap-1">
        {inputs.slice(0, SHOWN).map((input) => (
          <li key={input.node.id} className="flex items-baseline justify-between gap-3">
            <RefLink refOf={input.node.ref} asOf={knownOn}>
              {input.node.label}
            </RefLink>
            <span className="whitespace-nowrap text-ink-2">
              <ShareRange lower={input.share ?? null} upper={input.shareUpper} />
            </span>
          </li>
        ))}
        {inputs.length > SHOWN ? (
          <li>
            <Link href={paths.lineage(run.ref, { asOf: knownOn })} className={linkLook}>
              and {inputs.length - SHOWN} more inputs
            </Link>
          </li>
        ) : null}
        {run.unaccounted && run.unaccounted > 1e-9 ? (
          <li className="flex items-center gap-2 text-ink-2">
            <span
              aria-hidden="true"
              className="hatched inline-block h-3 w-5 rounded-sm border border-line-strong"
            />
            {percent(run.unaccounted)} unaccounted
          </li>
        ) : null}
      </ul>
      <Origins
        title="Started from"
        nodes={run.initializedFrom}
        none={STARTED[run.startedFrom]}
        knownOn={knownOn}
      />
      {run.rewardedBy.length ? (
        <Origins title="Rewarded by" nodes={run.rewardedBy} none="" knownOn={knownOn} />
      ) : null}
      {run.distilledFrom.length ? (
        <Origins title="Distilled from" nodes={run.distilledFrom} none="" knownOn={knownOn} />
      ) : null}
      <p className="mt-2 text-xs">
        <Link
          href={`${paths.lineage(run.ref, { asOf: knownOn })}#composition`}
          className={linkLook}
          aria-label={`Inputs and claims of ${run.label}`}
        >
          Inputs and claims
        </Link>
      </p>
    </article>
  );
}

function Origins(props: {
  title: string;
  nodes: readonly { id: string; ref: string; label: string }[];
  none: string;
  knownOn: string | null;
}) {
  return (
    <p className="mt-2 text-xs text-ink-2">
      <span className="text-ink-3">{props.title} </span>
      {props.nodes.length === 0
        ? props.none
        : props.nodes.map((n, index) => (
            <span key={n.id}>
              {index > 0 ? ', ' : ''}
              <RefLink refOf={n.ref} asOf={props.knownOn}>
                {n.label}
              </RefLink>
            </span>
          ))}
    </p>
  );
}
