'use client';

import { useRouter } from 'next/navigation';
import { useWrite, type WriteFailure } from '@/features/incident/actions/use-write.ts';
import type { AccountQuery } from '@/graphql/generated/graphql.ts';
import { graphql } from '@/graphql/generated/index.ts';
import { Badge } from '@/ui/Badge.tsx';
import { Button } from '@/ui/Button.tsx';
import { cx } from '@/ui/classes.ts';
import { Moment, Unknown } from '@/ui/Figure.tsx';
import { exactMoment, plural } from '@/ui/numbers.ts';
import { Table, Td, Th } from '@/ui/Table.tsx';
import { useToast } from '@/ui/Toast.tsx';
import { describeAgent } from './describe-agent.ts';

const END = graphql(`
  mutation EndSession($input: RevokeSessionInput!) {
    revokeSession(input: $input) {
      __typename
      ... on RevokeSessionSuccess { revoked }
      ...WriteFailure
    }
  }
`);

function useEnding() {
  const { write, busy, failure } = useWrite(END, 'revokeSession', { keyless: true });
  const say = useToast();
  const router = useRouter();
  const end = async (which: { id: string } | { others: true }) => {
    const done = await write({ all: false, others: 'others' in which, id: 'id' in which ? which.id : null });
    if (!done) return;
    say(`Ended ${plural(done.revoked, 'session')}.`);
    router.refresh();
  };
  return { end, busy, failure };
}

function Failed({ failure, className }: { failure: WriteFailure | null; className?: string }) {
  if (!failure) return null;
  return (
    <p role="alert" className={cx('text-sm text-danger', className)}>
      {failure.message}
    </p>
  );
}

export function EndOtherSessions({ others }: { others: number }) {
  const { end, busy, failure } = useEnding();
  return (
    <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
      <Failed failure={failure} />
      <Button
        busy={busy}
        disabledReason={others === 0 ? 'This is your only session.' : null}
        onClick={() => void end({ others: true })}
      >
        End all others
      </Button>
    </div>
  );
}

export function SessionsTable({ sessions }: { sessions: AccountQuery['sessions'] }) {
  const { end, busy, failure } = useEnding();
  return (
    <>
      <Failed failure={failure} className="mb-2" />
      <Table label="Your sessions">
        <thead>
          <tr>
            <Th>Where</Th>
            <Th>Address at sign-in</Th>
            <Th>Last used</Th>
            <Th>Signed in</Th>
            <Th>Ends</Th>
            <Th>
              <span className="sr-only">Actions</span>
            </Th>
          </tr>
        </thead>
        <tbody>
          {sessions.map((session) => (
            <tr key={session.id}>
              <Td className="min-w-44">
                <span
                  className="inline-flex flex-wrap items-center gap-2"
                  title={session.userAgent ?? undefined}
                >
                  {describeAgent(session.userAgent)}
                  {session.current ? <Badge tone="accent">this one</Badge> : null}
                </span>
              </Td>
              <Td className="font-mono text-xs whitespace-nowrap">{session.address ?? <Unknown />}</Td>
              <Td>
                <Moment value={session.lastUsedAt} />
              </Td>
              <Td>
                <Moment value={session.createdAt} />
              </Td>
              <Td>
                <Moment value={session.expiresAt} />
              </Td>
              <Td align="right" className="py-0.5">
                <Button
                  size="sm"
                  busy={busy}
                  disabledReason={session.current ? 'Sign out to end this one.' : null}
                  aria-label={`End the session of ${describeAgent(session.userAgent)}, begun ${exactMoment(session.createdAt)}`}
                  onClick={() => void end({ id: session.id })}
                >
                  End
                </Button>
              </Td>
            </tr>
          ))}
        </tbody>
      </Table>
    </>
  );
}
