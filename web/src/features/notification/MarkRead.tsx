'use client';

import { useRouter } from 'next/navigation';
import { useWrite } from '@/features/incident/actions/use-write.ts';
import { graphql } from '@/graphql/generated/index.ts';
import { Button } from '@/ui/Button.tsx';
import { useToast } from '@/ui/Toast.tsx';

const MARK = graphql(`
  mutation MarkNotificationsRead($input: MarkNotificationsReadInput!) {
    markNotificationsRead(input: $input) {
      __typename
      ... on MarkNotificationsReadSuccess { marked unread }
      ...WriteFailure
    }
  }
`);

/** Marks one notification as read, or (without an id) all of them. */
export function MarkRead({ id, what }: { id?: string; what?: string }) {
  const { write, busy } = useWrite(MARK, 'markNotificationsRead');
  const router = useRouter();
  const say = useToast();
  const mark = async () => {
    const done = await write(id === undefined ? {} : { notifications: [id] });
    if (done) router.refresh();
    else say('It could not be marked as read.');
  };
  return (
    <Button
      size={id === undefined ? 'md' : 'sm'}
      look={id === undefined ? 'plain' : 'quiet'}
      busy={busy}
      aria-label={what === undefined ? undefined : `Mark as read: ${what}`}
      onClick={mark}
    >
      {id === undefined ? 'Mark all as read' : 'Mark as read'}
    </Button>
  );
}
