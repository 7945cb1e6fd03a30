import Link from 'next/link';
import type { ReactNode } from 'react';
import type { StartPathFragment } from '@/graphql/generated/graphql.ts';
import { pathOfRef, paths } from '@/navigation/paths.ts';
import { linkLook, RefLink } from '@/navigation/RefLink.tsx';
import { cx } from '@/ui/classes.ts';
import { percent, plural, words } from '@/ui/numbers.ts';

const SHOWN_STAGES = 4;
const SHOWN_INPUTS = 4;

function Station(props: { title: string; last?: boolean; hatched?: boolean; children: ReactNode }) {
  return (
    <li className={cx('relative min-w-0 flex-1', !props.last && 'pb-5 md:pr-7 md:pb-0')}>
      <p className="mb-1.5 text-xs font-medium text-ink-3">{props.title}</p>
      <div
        className={cx(
          'flex min-h-20 flex-col justify-center gap-1 rounded-lg border border-line-strong bg-surface px-3 py-2 text-sm md:h-[calc(100%-1.75rem)]',
          props.hatched && 'hatched border-dashed',
        )}
      >
        {props.children}
      </div>
      {props.last ? null : (
        <svg
          aria-hidden="true"
          viewBox="0 0 28 12"
          className="absolute bottom-0 left-6 h-3 w-5 rotate-90 text-accent md:top-[calc(50%+0.4rem)] md:right-0 md:bottom-auto md:left-auto md:w-7 md:rotate-0"
        >
          <path d="M2 6h22m-5-4 5 4-5 4" fill="none" stroke="currentColor" strokeWidth="1.5" />
        </svg>
      )}
    </li>
  );
}

const Plate = ({ children }: { children: ReactNode }) => (
  <span className="w-fit rounded bg-surface px-1.5 text-ink-2">{children}</span>
);

/** One incident's way back to its data, each step a link; the rest of it is on the incident's page. */
export function PathPicture({ incident }: { incident: StartPathFragment }) {
  const model =
    incident.modelVersions.find((one) => one.trainingRuns.length > 0) ?? incident.modelVersions[0] ?? null;
  const runs = model?.trainingRuns ?? [];
  const inputs = [
    ...new Map(runs.flatMap((run) => run.inputs.map((input) => [input.node.ref, input.node]))).values(),
  ];
  const unaccounted = runs
    .map((run) => run.unaccounted)
    .filter((share) => share !== null && share !== undefined);
  const nothingKnown = inputs.length === 0;
  return (
    <section aria-label="An incident and its way back to the data" className="mt-6">
      <ol className="flex flex-col rounded-xl border border-line bg-sunken p-4 md:flex-row md:items-stretch">
        <Station title="A model did this">
          <Link href={paths.incident(incident.key ?? incident.ref)} className={`${linkLook} font-medium`}>
            {incident.title}
          </Link>
        </Station>
        <Station title="It was measured">
          {incident.evalRuns[0] ? (
            <RefLink refOf={incident.evalRuns[0].ref}>{incident.evalRuns[0].label}</RefLink>
          ) : (
            <span className="text-ink-3">no eval run linked</span>
          )}
          {incident.evalRuns.length > 1 ? (
            <span className="text-xs text-ink-3">
              and {plural(incident.evalRuns.length - 1, 'more eval run')}
            </span>
          ) : null}
        </Station>
        <Station title="In this model">
          {model ? (
            <RefLink refOf={model.ref}>{model.label}</RefLink>
          ) : (
            <span className="text-ink-3">none linked</span>
          )}
          {incident.modelVersions.length > 1 ? (
            <span className="text-xs text-ink-3">
              and {plural(incident.modelVersions.length - 1, 'other')}
            </span>
          ) : null}
        </Station>
        <Station title="Trained in these stages">
          {runs.slice(0, SHOWN_STAGES).map((run) => (
            <Link key={run.ref} href={pathOfRef(run.ref)} title={run.label} className={linkLook}>
              {words(run.stage)}
            </Link>
          ))}
          {runs.length > SHOWN_STAGES ? (
            <span className="text-xs text-ink-3">and {runs.length - SHOWN_STAGES} more</span>
          ) : null}
          {runs.length === 0 ? <span className="text-ink-3">training not recorded</span> : null}
        </Station>
        <Station title="On this data" last hatched={nothingKnown}>
          {inputs.slice(0, SHOWN_INPUTS).map((input) => (
            <RefLink key={input.ref} refOf={input.ref}>
              {input.label}
            </RefLink>
          ))}
          {inputs.length > SHOWN_INPUTS ? (
            <span className="text-xs text-ink-3">and {inputs.length - SHOWN_INPUTS} more</span>
          ) : null}
          {nothingKnown ? (
            <Plate>
              {unaccounted.length && unaccounted.every((share) => share === 1)
                ? `${percent(1)} unaccounted`
                : 'not recorded'}
            </Plate>
          ) : null}
        </Station>
      </ol>
    </section>
  );
}
