import { CloudOff, Inbox, LockKeyhole, SearchX } from 'lucide-react';
import type { ReactNode } from 'react';

const LOOKS = {
  none: { Icon: Inbox, role: undefined },
  'no-match': { Icon: SearchX, role: 'status' },
  closed: { Icon: LockKeyhole, role: undefined },
  unreachable: { Icon: CloudOff, role: 'alert' },
} as const;

/**
 * Empties that must not be taken for one another: `none` (nothing yet, with the action that
 * makes the first), `no-match` (with the way to clear the filter), `closed` (not for this reader), `unreachable` (nobody knows).
 */
export function EmptyState(props: {
  kind: keyof typeof LOOKS;
  title: string;
  children?: ReactNode;
  action?: ReactNode;
}) {
  const { Icon, role } = LOOKS[props.kind];
  return (
    <div
      role={role}
      className="flex flex-col items-center gap-2 rounded-lg border border-dashed border-line-strong px-6 py-10 text-center"
    >
      <Icon className="size-5 text-ink-3" aria-hidden />
      <p className="font-medium">{props.title}</p>
      {props.children ? (
        <div className="max-w-prose text-sm text-balance text-ink-2">{props.children}</div>
      ) : null}
      {props.action ? <div className="mt-2">{props.action}</div> : null}
    </div>
  );
}
