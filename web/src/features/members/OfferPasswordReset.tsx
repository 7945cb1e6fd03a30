'use client';

import { SecretDialog } from '@/features/account/SecretDialog.tsx';
import { useWrite } from '@/features/incident/actions/use-write.ts';
import type { MemberRowFragment } from '@/graphql/generated/graphql.ts';
import { graphql } from '@/graphql/generated/index.ts';
import { paths } from '@/navigation/paths.ts';

const OFFER = graphql(`
  mutation CreatePasswordReset($input: CreatePasswordResetInput!) {
    createPasswordReset(input: $input) {
      __typename
      ... on CreatePasswordResetSuccess { token expiresAt }
      ...WriteFailure
    }
  }
`);

export function OfferPasswordReset({ member }: { member: MemberRowFragment }) {
  const { write, busy, failure } = useWrite(OFFER, 'createPasswordReset', { keyless: true });
  const save = async () => {
    const made = await write({ member: member.id });
    return made ? `${window.location.origin}${paths.passwordReset(made.token)}` : null;
  };
  return (
    <SecretDialog
      button="Password"
      buttonLabel={`Let ${member.name} set a new password`}
      buttonProps={{ size: 'sm' }}
      title={`Let ${member.name} set a new password?`}
      description="You get a link to send, good once and for a day. Using it ends all their sessions; their tokens keep working. An earlier link ends now."
      blocked={member.canResetPassword.allowed ? null : (member.canResetPassword.reason ?? 'Not now.')}
      submit="Make the link"
      busy={busy}
      failure={failure}
      onSubmit={save}
      secret={{
        label: 'Link',
        note: 'Whoever opens it can become them, so send it by a way that only they read. Nobody can show it again.',
      }}
    >
      {null}
    </SecretDialog>
  );
}
