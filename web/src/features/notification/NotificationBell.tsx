import { Bell } from 'lucide-react';
import Link from 'next/link';
import { paths } from '@/navigation/paths.ts';
import { Button } from '@/ui/Button.tsx';

const MOST_SHOWN = 99;

/** The way to what one was told, with how much of it is not read. */
export function NotificationBell({ unread }: { unread: number }) {
  const label = unread === 0 ? 'Notifications' : `Notifications, ${unread} unread`;
  return (
    <Button asChild look="quiet" size="icon" className="relative">
      <Link href={paths.notifications()} aria-label={label} title={label}>
        <Bell aria-hidden />
        {unread === 0 ? null : (
          <span
            aria-hidden="true"
            className="absolute -top-0.5 -right-0.5 min-w-4 rounded-full bg-danger px-1 text-center text-[0.6875rem] leading-4 font-semibold text-surface tabular-nums"
          >
            {unread > MOST_SHOWN ? `${MOST_SHOWN}+` : unread}
          </span>
        )}
      </Link>
    </Button>
  );
}
