import Link from 'next/link';
import { DisputeRecord } from '@/features/lineage/corrections/DisputeRecord.tsx';
import { WatchButton } from '@/features/regression/WatchButton.tsx';
import { EmbargoMark } from '@/features/sharing/EmbargoMark.tsx';
import { Share } from '@/features/sharing/Share.tsx';
import type { IncidentWholeFragment } from '@/graphql/generated/graphql.ts';
import { paths } from '@/navigation/paths.ts';
import { linkLook, RefLink } from '@/navigation/RefLink.tsx';
import { Badge } from '@/ui/Badge.tsx';
import { Day, Facts, Unknown } from '@/ui/Figure.tsx';
import { plural, words } from '@/ui/numbers.ts';
import { PageHeader } from '@/ui/PageHeader.tsx';
import { SeverityMark } from '@/ui/SeverityMark.tsx';
import { StatusDot } from '@/ui/StatusDot.tsx';
import { ChangeStatus } from '../actions/ChangeStatus.tsx';
import { EditIncident } from '../actions/EditIncident.tsx';
import { LinkIncident } from '../actions/LinkIncident.tsx';
import { UnlinkIncident } from '../actions/UnlinkIncident.tsx';
import { VISIBILITY_MEANINGS } from '../words.ts';
import { linkedGroups } from './linked-groups.ts';

/** How sure the figures are, in one line: how many come from where. */
function HowSure({ incident }: { incident: IncidentWholeFragment }) {
  const figures = [...incident.measurements, ...incident.reportedResults];
  if (figures.length === 0) return <Unknown what="no figures recorded" />;
  const count = (certainty: string | undefined) =>
    figures.filter((figure) => figure.citation?.certainty === certainty).length;
  const parts = [
    { name: 'primary', of: count('PRIMARY') },
    { name: 'secondary', of: count('SECONDARY') },
    { name: 'derived', of: count('DERIVED') },
    { name: 'without a citation', of: count(undefined) },
  ].filter((part) => part.of > 0);
  return (
    <>
      {plural(figures.length, 'figure')}: {parts.map((part) => `${part.of} ${part.name}`).join(', ')}
    </>
  );
}

const OPEN = ['SUBMITTED', 'TRIAGED', 'INVESTIGATING'];

/** That the incident is open because the behaviour came back. */
function Regressed({ incident }: { incident: IncidentWholeFragment }) {
  const reopened = incident.regressions.some(({ consequences }) =>
    consequences.some((one) => one.action === 'REOPENED' && one.incident.id === incident.id),
  );
  if (!reopened || !OPEN.includes(incident.status)) return null;
  return (
    <a href="#regressions" className="rounded">
      <Badge tone="danger">Regressed</Badge>
    </a>
  );
}

export function IncidentHeader({
  incident,
  blocked,
  toCorrect,
  signedIn,
}: {
  incident: IncidentWholeFragment;
  blocked: string | null;
  /** Why it cannot be disputed. */
  toCorrect: string | null;
  signedIn: boolean;
}) {
  return (
    <>
      <PageHeader
        eyebrow={
          <>
            <Link href={paths.incidents()}>Incidents</Link>
            <span aria-hidden="true">/</span>
            <span className="font-mono">{incident.key ?? 'draft'}</span>
          </>
        }
        title={incident.title}
        meta={
          <>
            <StatusDot status={incident.status} />
            <Regressed incident={incident} />
            <SeverityMark severity={incident.severity} />
            <span>{words(incident.setting)}</span>
            <Badge tone={incident.visibility === 'PUBLIC' ? 'neutral' : 'accent'}>
              <span title={VISIBILITY_MEANINGS[incident.visibility]}>{words(incident.visibility)}</span>
            </Badge>
            <EmbargoMark until={incident.sharing?.embargoedUntil} now={new Date()} />
          </>
        }
        actions={
          <>
            <LinkIncident incident={incident.ref} blocked={blocked} />
            <UnlinkIncident incident={incident.ref} groups={linkedGroups(incident)} blocked={blocked} />
            <EditIncident incident={incident} blocked={blocked} />
            <WatchButton
              target={incident.id}
              what="this incident"
              watched={incident.watched}
              blocked={signedIn ? null : 'Sign in to be told of hits.'}
            />
            <Share target={incident.id} what="incident" sharing={incident.sharing} embargo />
            <DisputeRecord target={incident.id} what={incident.title} blocked={toCorrect} ofPage />
            <span className="max-sm:order-first max-sm:w-full">
              <ChangeStatus incident={incident} />
            </span>
          </>
        }
      />
      <div className="mb-5 grid gap-x-10 gap-y-1.5 md:grid-cols-2 xl:grid-cols-3">
        <Facts
          items={[
            {
              name: 'Behaviours',
              value: incident.behaviors.length ? (
                <span className="flex flex-wrap gap-x-3 gap-y-1">
                  {incident.behaviors.map((one) => (
                    <Link key={one.name} href={paths.behavior(one.name)} className={linkLook}>
                      {one.title}
                    </Link>
                  ))}
                </span>
              ) : (
                <Unknown />
              ),
            },
            { name: 'Occurred', value: <Day value={incident.occurredAt} /> },
            { name: 'How sure', value: <HowSure incident={incident} /> },
          ]}
        />
        <Facts
          items={[
            {
              name: 'Models',
              value: incident.modelVersions.length ? (
                <span className="flex flex-wrap gap-x-3 gap-y-1">
                  {incident.modelVersions.map((one) => (
                    <RefLink key={one.id} refOf={one.ref}>
                      {one.label}
                    </RefLink>
                  ))}
                </span>
              ) : (
                <Unknown what="none linked" />
              ),
            },
            {
              name: 'Eval runs',
              value: incident.evalRuns.length ? (
                <details>
                  <summary className="text-accent">{plural(incident.evalRuns.length, 'eval run')}</summary>
                  <ul>
                    {incident.evalRuns.map((one) => (
                      <li key={one.id}>
                        <RefLink refOf={one.ref}>{one.label}</RefLink>
                      </li>
                    ))}
                  </ul>
                </details>
              ) : (
                <Unknown what="none linked" />
              ),
            },
          ]}
        />
        <Facts
          items={[
            { name: 'Filed by', value: `${incident.filedBy.name} (${incident.team.name})` },
            { name: 'Filed', value: <Day value={incident.submittedAt} unknown="not submitted yet" /> },
            { name: 'Changed', value: <Day value={incident.updatedAt} /> },
          ]}
        />
      </div>
    </>
  );
}
