'use client';

import { ActionDialog } from '@/features/incident/actions/ActionDialog.tsx';
import { useWrite } from '@/features/incident/actions/use-write.ts';
import { graphql } from '@/graphql/generated/index.ts';
import { exactMoment } from '@/ui/numbers.ts';

const REVOKE = graphql(`
  mutation RevokeInvitation($input: RevokeInvitationInput!) {
    revokeInvitation(input: $input) {
      __typename
      ... on RevokeInvitationSuccess { invitation { id status } }
      ...WriteFailure
    }
  }
`);

export function RevokeInvitation(props: { id: string; whom: string; made: string; blocked: string | null }) {
  const { write, busy, failure } = useWrite(REVOKE, 'revokeInvitation', { keyless: true });
  return (
    <ActionDialog
      button="Revoke"
      buttonLabel={`Revoke the invitation for ${props.whom}, made ${exactMoment(props.made)}`}
      buttonProps={{ size: 'sm', look: 'danger' }}
      title="Revoke this invitation?"
      description="Its link leads nowhere from now on."
      blocked={props.blocked}
      submit="Revoke"
      submitLook="danger"
      done="Invitation revoked."
      busy={busy}
      failure={failure}
      onSubmit={async () => Boolean(await write({ id: props.id }))}
    />
  );
}
