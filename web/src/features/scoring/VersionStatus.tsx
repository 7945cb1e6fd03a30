import type { ScoringStatus } from '@/graphql/generated/graphql.ts';
import { StatusDot } from '@/ui/StatusDot.tsx';

/** As the shapes of states go: a ring for what is open, full for what holds, crossed for what no longer does. */
const SHOWN: Record<ScoringStatus, { status: string; label: string }> = {
  PROPOSED: { status: 'OPEN', label: 'Proposed, not confirmed' },
  BUILT_IN: { status: 'RESOLVED', label: 'Built in' },
  CONFIRMED: { status: 'RESOLVED', label: 'Confirmed' },
  SUPERSEDED: { status: 'CLOSED', label: 'Superseded' },
  RETRACTED: { status: 'WITHDRAWN', label: 'Retracted' },
};

export function VersionStatus({ status }: { status: ScoringStatus }) {
  return <StatusDot {...SHOWN[status]} />;
}
