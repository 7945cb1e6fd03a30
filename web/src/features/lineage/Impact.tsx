import Link from 'next/link';
import type { ReactNode } from 'react';
import type { ImpactPartsFragment } from '@/graphql/generated/graphql.ts';
import { graphql } from '@/graphql/generated/index.ts';
import { paths } from '@/navigation/paths.ts';
import { linkLook, RefLink } from '@/navigation/RefLink.tsx';
import { SeverityMark } from '@/ui/SeverityMark.tsx';
import { StatusDot } from '@/ui/StatusDot.tsx';

graphql(`
  fragment ImpactParts on Impact {
    knownOn
    incidents(first: 12) { totalCount nodes { id ref key title severity status } }
    evalRuns(first: 12) { totalCount nodes { id ref label } }
    modelVersions(first: 12) { totalCount nodes { id ref label } }
    datasetVersions(first: 12) { totalCount nodes { id ref label } }
    influenced(first: 12) { totalCount nodes { id ref label } }
  }
`);

/** What a node reached, by kind: the blast radius. What was only influenced stands apart. */
export function Impact(props: { impact: ImpactPartsFragment; refOf: string; knownOn: string | null }) {
  const { impact, refOf, knownOn } = props;
  const { incidents, evalRuns, modelVersions, datasetVersions, influenced } = impact;
  return (
    <>
      <div className="grid gap-3 sm:grid-cols-2 xl:grid-cols-4">
        <Reached
          title="Incidents"
          one="Incident"
          total={incidents.totalCount}
          shown={incidents.nodes.length}
          refOf={refOf}
          knownOn={knownOn}
        >
          {incidents.nodes.map((i) => (
            <li key={i.id} className="flex flex-col">
              <RefLink refOf={i.ref} asOf={knownOn}>
                {i.title}
              </RefLink>
              <span className="flex flex-wrap gap-x-3 text-xs text-ink-2">
                <span className="font-mono">{i.key}</span>
                <SeverityMark severity={i.severity} />
                <StatusDot status={i.status} />
              </span>
            </li>
          ))}
        </Reached>
        <Plain title="Eval runs" one="Eval run" list={evalRuns} refOf={refOf} knownOn={knownOn} />
        <Plain
          title="Model versions"
          one="Model version"
          list={modelVersions}
          refOf={refOf}
          knownOn={knownOn}
        />
        <Plain
          title="Dataset versions"
          one="Dataset version"
          list={datasetVersions}
          refOf={refOf}
          knownOn={knownOn}
        />
        {influenced.totalCount > 0 ? (
          <Plain
            title="Only influenced (as a teacher, reward, judge or earlier version)"
            list={influenced}
            refOf={refOf}
            knownOn={knownOn}
          />
        ) : null}
      </div>
      <p className="mt-3 text-sm">
        <Link href={paths.impact(refOf, { asOf: knownOn })} className={linkLook}>
          The whole list, by owner
        </Link>
      </p>
    </>
  );
}

type List = { totalCount: number; nodes: readonly { id: string; ref: string; label: string }[] };

function Plain(props: { title: string; one?: string; list: List; refOf: string; knownOn: string | null }) {
  const { title, one, list, refOf, knownOn } = props;
  return (
    <Reached
      title={title}
      one={one}
      total={list.totalCount}
      shown={list.nodes.length}
      refOf={refOf}
      knownOn={knownOn}
    >
      {list.nodes.map((n) => (
        <li key={n.id}>
          <RefLink refOf={n.ref} asOf={knownOn}>
            {n.label}
          </RefLink>
        </li>
      ))}
    </Reached>
  );
}

function Reached(props: {
  title: string;
  /** The title of a single one. */
  one?: string;
  total: number;
  shown: number;
  refOf: string;
  knownOn: string | null;
  children: ReactNode;
}) {
  return (
    <section aria-label={props.title} className="rounded-lg border border-line bg-surface p-3.5 text-sm">
      <h3 className="mb-2 flex items-baseline gap-2 font-medium">
        <span className="text-xl leading-none font-semibold">{props.total.toLocaleString('en')}</span>
        {props.total === 1 ? (props.one ?? props.title) : props.title}
      </h3>
      {props.total === 0 ? (
        <p className="text-ink-3">None that is recorded.</p>
      ) : (
        <ul className="flex flex-col gap-1.5 break-words">{props.children}</ul>
      )}
      {props.total > props.shown ? (
        <p className="mt-2">
          <Link
            href={paths.lineage(props.refOf, { direction: 'downstream', asOf: props.knownOn, view: 'table' })}
            className="text-accent hover:underline"
          >
            All {props.total.toLocaleString('en')} in the lineage
          </Link>
        </p>
      ) : null}
    </section>
  );
}
