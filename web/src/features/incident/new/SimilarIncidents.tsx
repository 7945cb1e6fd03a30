'use client';

import Link from 'next/link';
import { useEffect, useState } from 'react';
import { useGraphQL } from '@/graphql/browser.ts';
import { graphql } from '@/graphql/generated/index.ts';
import { paths } from '@/navigation/paths.ts';
import { linkLook } from '@/navigation/RefLink.tsx';
import { StatusDot } from '@/ui/StatusDot.tsx';
import type { DraftState } from './draft-state.ts';

const SIMILAR = graphql(`
  query SimilarIncidents($title: String!, $summary: String, $modelVersions: [NodeRef!], $behaviors: [String!]) {
    similarIncidents(title: $title, summary: $summary, modelVersions: $modelVersions, behaviors: $behaviors, first: 5) {
      similarity
      reasons
      incident { id ref key title status }
    }
  }
`);

/** As much of a title and a summary as is compared: what is longer is refused. */
const COMPARED = { title: 300, summary: 20_000 };

const variablesOf = (draft: DraftState) => ({
  title: draft.title.trim().slice(0, COMPARED.title),
  summary: draft.summary.trim().slice(0, COMPARED.summary) || null,
  modelVersions: draft.modelVersions.map((one) => one.value),
  behaviors: draft.behaviors.map((one) => one.value),
});

/** Incidents that may be the same, looked for half a second after the last key. */
export function SimilarIncidents({ draft }: { draft: DraftState }) {
  const latest = JSON.stringify(variablesOf(draft));
  const [settled, setSettled] = useState(latest);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(latest), 500);
    return () => clearTimeout(timer);
  }, [latest]);
  const variables = JSON.parse(settled) as ReturnType<typeof variablesOf>;
  const found = useGraphQL(SIMILAR, variables, { enabled: variables.title.length >= 6, keepPrevious: true });
  const list = variables.title.length >= 6 ? (found.data?.similarIncidents ?? []) : [];
  return (
    <div aria-live="polite">
      {list.length ? (
        <section
          aria-label="Possible duplicates"
          className="rounded-lg border border-warning/40 bg-warning-soft p-3"
        >
          <h2 className="text-sm font-medium">Is it one of these?</h2>
          <ul className="mt-1.5 flex flex-col gap-1.5 text-sm">
            {list.map(({ incident, reasons }) => (
              <li key={incident.id}>
                <Link
                  href={paths.incident(incident.key ?? incident.ref)}
                  target="_blank"
                  className={linkLook}
                >
                  {incident.key ? <span className="mr-1.5 font-mono text-xs">{incident.key}</span> : null}
                  {incident.title}
                  <span className="sr-only"> (opens in a new tab)</span>
                </Link>
                <span className="flex flex-wrap gap-x-3 text-xs text-ink-2">
                  <StatusDot status={incident.status} />
                  {reasons.join('; ')}
                </span>
              </li>
            ))}
          </ul>
        </section>
      ) : null}
    </div>
  );
}
