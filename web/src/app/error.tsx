'use client';

import { Button } from '@/ui/Button.tsx';
import { EmptyState } from '@/ui/EmptyState.tsx';

export default function PageError({
  error,
  reset,
}: {
  error: Error & { digest?: string };
  reset: () => void;
}) {
  return (
    <EmptyState
      kind="unreachable"
      title="This page failed"
      action={<Button onClick={reset}>Try again</Button>}
    >
      Nothing that was saved is lost.
      {error.digest ? <span className="text-ink-3"> Reference {error.digest}.</span> : null}
    </EmptyState>
  );
}
