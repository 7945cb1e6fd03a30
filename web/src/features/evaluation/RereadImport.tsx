'use client';

import { useQueryClient } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import { useWrite } from '@/features/incident/actions/use-write.ts';
import { useViewer } from '@/features/shell/ViewerContext.tsx';
import { graphql } from '@/graphql/generated/index.ts';
import { Button } from '@/ui/Button.tsx';
import { plural } from '@/ui/numbers.ts';
import { useToast } from '@/ui/Toast.tsx';
import { rereadingAskedFor } from './watch-rereading.ts';

const REREAD = graphql(`
  mutation RereadImport($input: RereadImportInput!) {
    rereadImport(input: $input) {
      __typename
      ... on RereadImportSuccess { reading { id same changes { subject } } }
      ...WriteFailure
    }
  }
`);

function told(reading: { same: boolean; changes: unknown[] } | null): string {
  if (reading === null)
    return 'It tells of many eval runs and is being read: how far it has come is shown below.';
  return reading.same
    ? 'It says what it said before.'
    : `A new reading stands beside the old one: ${plural(reading.changes.length, 'change')}.`;
}

/** Has the kept file read again by the reader of today, and says what came of it. */
export function RereadImport({ id }: { id: string }) {
  const router = useRouter();
  const client = useQueryClient();
  const viewer = useViewer();
  const say = useToast();
  const { write, busy, failure } = useWrite(REREAD, 'rereadImport');
  const reread = async () => {
    const made = await write({ import: id });
    if (!made) return;
    say(told(made.reading));
    await rereadingAskedFor(client, id);
    router.refresh();
  };
  return (
    <>
      <Button
        size="sm"
        busy={busy}
        disabledReason={viewer.signedIn ? null : 'Sign in to have it read again.'}
        onClick={() => void reread()}
      >
        {busy ? 'Reading…' : 'Read it again'}
      </Button>
      {failure ? (
        <span role="alert" className="text-danger">
          {failure.message}
        </span>
      ) : null}
    </>
  );
}
