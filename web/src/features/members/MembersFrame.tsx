import Link from 'next/link';
import type { ReactNode } from 'react';
import { loadViewer } from '@/features/shell/viewer.ts';
import { paths } from '@/navigation/paths.ts';
import { cx } from '@/ui/classes.ts';
import { EmptyState } from '@/ui/EmptyState.tsx';
import { PageHeader } from '@/ui/PageHeader.tsx';

const PLACES = [
  { id: 'people', label: 'People', href: paths.members() },
  { id: 'invitations', label: 'Invitations', href: paths.invitations() },
  { id: 'teams', label: 'Teams', href: paths.teams() },
  { id: 'service-accounts', label: 'Service accounts', href: paths.serviceAccounts() },
] as const;

/** The four places where administrators keep who has access; for others, why there is nothing to see. */
export async function MembersFrame(props: {
  here: (typeof PLACES)[number]['id'];
  actions?: ReactNode;
  children: ReactNode;
}) {
  const viewer = await loadViewer();
  const isAdministrator = viewer.role === 'ADMINISTRATOR';
  return (
    <>
      <PageHeader title="Members" actions={isAdministrator ? props.actions : null} />
      {isAdministrator || !viewer.reachable ? (
        <>
          <nav aria-label="Members" className="mb-5 flex gap-4 overflow-x-auto border-b border-line">
            {PLACES.map((place) => (
              <Link
                key={place.id}
                href={place.href}
                aria-current={place.id === props.here ? 'page' : undefined}
                className={cx(
                  '-mb-px border-b-2 border-transparent px-0.5 pt-1 pb-2 text-sm font-medium whitespace-nowrap text-ink-2 hover:text-ink',
                  place.id === props.here && 'border-accent text-ink',
                )}
              >
                {place.label}
              </Link>
            ))}
          </nav>
          {props.children}
        </>
      ) : (
        <EmptyState kind="closed" title="Administrators keep the members">
          {viewer.signedIn
            ? 'Your role does not allow it. Ask an administrator to invite somebody or to change a role.'
            : 'Sign in as an administrator to see who has access.'}
        </EmptyState>
      )}
    </>
  );
}
