'use client';

import { useRouter } from 'next/navigation';
import { startTransition } from 'react';
import { Button } from '@/ui/Button.tsx';
import { EmptyState } from '@/ui/EmptyState.tsx';

export default function PageError({
  error,
  reset,
}: {
  error: Error & { digest?: string };
  reset: () => void;
}) {
  const router = useRouter();
  // What failed on the server has to be asked for again: drawing it once more would show the same failure.
  const retry = () =>
    startTransition(() => {
      router.refresh();
      reset();
    });
  return (
    <EmptyState
      kind="unreachable"
      title="This page failed"
      action={<Button onClick={retry}>Try again</Button>}
    >
      Nothing that was saved is lost.
      {error.digest ? <span className="text-ink-3"> Reference {error.digest}.</span> : null}
    </EmptyState>
  );
}
