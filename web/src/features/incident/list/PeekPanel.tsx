'use client';

import { ArrowDown, ArrowUp, Maximize2, X } from 'lucide-react';
import Link from 'next/link';
import { useRouter } from 'next/navigation';
import { useEffect } from 'react';
import { useGraphQL } from '@/graphql/browser.ts';
import type { PeekedIncidentFragment } from '@/graphql/generated/graphql.ts';
import { graphql } from '@/graphql/generated/index.ts';
import { paths } from '@/navigation/paths.ts';
import { RefLink } from '@/navigation/RefLink.tsx';
import { Button } from '@/ui/Button.tsx';
import { CitationMark } from '@/ui/CitationMark.tsx';
import { EmptyState } from '@/ui/EmptyState.tsx';
import { Day, Facts, IntervalText, Percent, Unknown } from '@/ui/Figure.tsx';
import { words } from '@/ui/numbers.ts';
import { SeverityMark } from '@/ui/SeverityMark.tsx';
import { Skeleton } from '@/ui/Skeleton.tsx';
import { StatusDot } from '@/ui/StatusDot.tsx';
import { isIncidentKey } from '../incident-key.ts';
import { changed, type ListState } from './list-state.ts';

graphql(`
  fragment PeekedIncident on Incident {
    id ref key title summary severity status setting occurredAt
    modelVersions { id ref label }
    measurements {
      id rate qualifier sampleCount
      behavior { title }
      evalRun { modelVersion { label } }
      interval { lower upper level method }
      citation { source url locator certainty quote note retrievedAt }
    }
    hypotheses { id statement status }
  }
`);
const PEEK = graphql(`
  query IncidentPeek($key: String!) { incident(key: $key) { ...PeekedIncident } }
`);
/** A draft has no key yet. */
const PEEK_BY_REF = graphql(`
  query IncidentPeekByRef($ref: NodeRef!) {
    lineageNode(ref: $ref) { __typename ... on Incident { ...PeekedIncident } }
  }
`);

/** The incident by its key or its reference; null where there is none that the viewer may see. */
function usePeeked(keyOrRef: string) {
  const isKey = isIncidentKey(keyOrRef);
  const byKey = useGraphQL(PEEK, { key: keyOrRef }, { enabled: isKey });
  const byRef = useGraphQL(PEEK_BY_REF, { ref: keyOrRef }, { enabled: !isKey });
  const node = byRef.data?.lineageNode;
  const { isPending, error } = isKey ? byKey : byRef;
  return {
    isPending,
    error,
    incident: (isKey ? byKey.data?.incident : node?.__typename === 'Incident' ? node : null) ?? null,
  };
}

const isTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement &&
  (target.isContentEditable || ['INPUT', 'TEXTAREA', 'SELECT'].includes(target.tagName));

/** One incident beside the table, which stays live: J and K move, Enter opens, Esc closes. */
export function PeekPanel({
  state,
  keys,
  peeked,
}: {
  state: ListState;
  keys: readonly string[];
  peeked: string;
}) {
  const router = useRouter();
  const index = keys.indexOf(peeked);
  const next = index < keys.length - 1 ? keys[index + 1] : undefined;
  const previous = index > 0 ? keys[index - 1] : undefined;
  const found = usePeeked(peeked);

  useEffect(() => {
    const move = (to: string | null | undefined) => {
      if (to === undefined) return;
      router.replace(changed(state, { peek: to }), { scroll: false });
    };
    const onKey = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.metaKey || event.ctrlKey || event.altKey) return;
      if (isTyping(event.target) || document.querySelector('[role="dialog"]')) return;
      if (event.key === 'j') move(next);
      else if (event.key === 'k') move(previous);
      else if (event.key === 'Escape') {
        move(null);
        document.querySelector<HTMLElement>(`[data-peek="${CSS.escape(peeked)}"]`)?.focus();
      } else if (event.key === 'Enter') {
        const onOther =
          event.target instanceof HTMLElement && event.target.closest('a:not([data-peek]), button');
        if (onOther) return;
        event.preventDefault();
        router.push(paths.incident(peeked));
      } else return;
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, [router, state, next, previous, peeked]);

  const step = (to: string | undefined, label: string, Icon: typeof ArrowUp) =>
    to ? (
      <Button asChild look="quiet" size="icon">
        <Link href={changed(state, { peek: to })} replace scroll={false} aria-label={label}>
          <Icon aria-hidden />
        </Link>
      </Button>
    ) : (
      <Button look="quiet" size="icon" aria-label={label} disabledReason="This is the last one of this page.">
        <Icon aria-hidden />
      </Button>
    );

  return (
    <aside
      aria-label={`Peek at ${peeked}`}
      className="sticky top-17 max-h-[calc(100vh-5.5rem)] w-104 shrink-0 overflow-y-auto rounded-lg border border-line bg-surface shadow-float max-lg:fixed max-lg:inset-x-0 max-lg:top-auto max-lg:bottom-0 max-lg:z-30 max-lg:max-h-[72vh] max-lg:w-auto max-lg:rounded-b-none"
    >
      <div className="sticky top-0 flex items-center gap-0.5 border-b border-line bg-surface px-2 py-1.5">
        {step(previous, 'Previous incident (K)', ArrowUp)}
        {step(next, 'Next incident (J)', ArrowDown)}
        <span className="ml-2 truncate font-mono text-xs text-ink-2">{peeked}</span>
        <span className="ml-auto" />
        <Button asChild look="quiet" size="icon">
          <Link href={paths.incident(peeked)} aria-label="Open the page (Enter)">
            <Maximize2 aria-hidden />
          </Link>
        </Button>
        <Button asChild look="quiet" size="icon">
          <Link href={changed(state, { peek: null })} replace scroll={false} aria-label="Close (Esc)">
            <X aria-hidden />
          </Link>
        </Button>
      </div>
      <div className="p-4" aria-live="polite">
        {found.isPending ? (
          <div role="status" aria-label="Loading" className="flex flex-col gap-3">
            <Skeleton className="h-6 w-4/5" />
            <Skeleton className="w-1/2" />
            <Skeleton className="h-24" />
          </div>
        ) : found.error ? (
          <EmptyState kind="unreachable" title="This incident can’t be shown now">
            {found.error.message}
          </EmptyState>
        ) : found.incident ? (
          <Peeked incident={found.incident} />
        ) : (
          <EmptyState kind="no-match" title="No such incident">
            It does not exist, or is not open to you.
          </EmptyState>
        )}
      </div>
    </aside>
  );
}

function Peeked({ incident }: { incident: PeekedIncidentFragment }) {
  const shown = incident.measurements.slice(0, 6);
  return (
    <>
      <h2 className="text-lg font-semibold text-balance">{incident.title}</h2>
      <div className="mt-2 flex flex-wrap gap-x-4 gap-y-1 text-sm">
        <StatusDot status={incident.status} />
        <SeverityMark severity={incident.severity} />
      </div>
      <p className="mt-3 line-clamp-6 text-sm whitespace-pre-line text-ink-2">{incident.summary}</p>
      <div className="mt-4">
        <Facts
          items={[
            { name: 'Setting', value: words(incident.setting) },
            { name: 'Occurred', value: <Day value={incident.occurredAt} /> },
            {
              name: 'Models',
              value: incident.modelVersions.length ? (
                <ul>
                  {incident.modelVersions.map((model) => (
                    <li key={model.id} className="py-0.5">
                      <RefLink refOf={model.ref}>{model.label}</RefLink>
                    </li>
                  ))}
                </ul>
              ) : (
                <Unknown what="none linked" />
              ),
            },
          ]}
        />
      </div>
      <h3 className="mt-5 mb-1 text-sm font-semibold">Measured</h3>
      {shown.length === 0 ? <Unknown what="nothing measured" /> : null}
      <ul className="text-sm">
        {shown.map((one) => (
          <li key={one.id} className="flex flex-wrap gap-x-2 border-b border-line py-1 last:border-0">
            <span className="min-w-0 flex-1">
              {one.behavior.title} <span className="text-ink-3">{one.evalRun.modelVersion.label}</span>
            </span>
            <span>
              <Percent value={one.rate} qualifier={one.qualifier} unknown="not scored" />
              <CitationMark citation={one.citation} />
            </span>
            <IntervalText interval={one.interval} sampleCount={one.sampleCount} />
          </li>
        ))}
      </ul>
      {incident.measurements.length > shown.length ? (
        <p className="mt-1 text-xs text-ink-3">
          {incident.measurements.length - shown.length} more on the page
        </p>
      ) : null}
      {incident.hypotheses.length ? (
        <>
          <h3 className="mt-5 mb-1 text-sm font-semibold">Hypotheses</h3>
          <ul className="flex flex-col gap-1.5 text-sm">
            {incident.hypotheses.map((one) => (
              <li key={one.id} className="flex gap-3">
                <span className="min-w-0 flex-1 text-ink-2">{one.statement}</span>
                <StatusDot status={one.status} />
              </li>
            ))}
          </ul>
        </>
      ) : null}
    </>
  );
}
