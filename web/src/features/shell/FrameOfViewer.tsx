'use client';

import { NotificationBell } from '@/features/notification/NotificationBell.tsx';
import { Notice } from '@/ui/Notice.tsx';
import { useViewer } from './ViewerContext.tsx';

// The parts of the frame that go, or come, with the session of whoever looks.

export function Bell() {
  const viewer = useViewer();
  return viewer.signedIn && !viewer.ended ? <NotificationBell unread={viewer.unread} /> : null;
}

export function SessionEnded() {
  if (!useViewer().ended) return null;
  return (
    <Notice tone="warning" role="status" title="Your session has ended" className="mb-4">
      Pages that you open now show only what is public. Sign in again to see the rest and to write.
    </Notice>
  );
}
