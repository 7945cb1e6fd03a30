'use client';

import { SecretDialog } from '@/features/account/SecretDialog.tsx';
import { errorOf, number, text } from '@/features/incident/actions/ActionDialog.tsx';
import { useWrite } from '@/features/incident/actions/use-write.ts';
import type { Role } from '@/graphql/generated/graphql.ts';
import { graphql } from '@/graphql/generated/index.ts';
import { paths } from '@/navigation/paths.ts';
import { Field, Input } from '@/ui/Field.tsx';
import { RoleSelect, type TeamOption, TeamSelect } from './RoleSelect.tsx';

const INVITE = graphql(`
  mutation InviteMember($input: InviteMemberInput!) {
    inviteMember(input: $input) {
      __typename
      ... on InviteMemberSuccess { token invitation { id } }
      ...WriteFailure
    }
  }
`);

export function InviteMember({ teams }: { teams: readonly TeamOption[] }) {
  const { write, busy, failure } = useWrite(INVITE, 'inviteMember', { keyless: true });
  const save = async (form: FormData) => {
    const made = await write({
      email: text(form, 'email'),
      role: String(form.get('role')) as Role,
      team: text(form, 'team'),
      expiresInDays: number(form, 'days'),
    });
    return made ? `${window.location.origin}${paths.invitation(made.token)}` : null;
  };
  return (
    <SecretDialog
      button="Invite somebody"
      buttonProps={{ look: 'primary' }}
      title="Invite somebody"
      description="You get a link to send. Whoever opens it first joins, once."
      blocked={null}
      submit="Make the link"
      busy={busy}
      failure={failure}
      onSubmit={save}
      secret={{
        label: 'Link',
        note: 'Send it by a way that only they read. Nobody can show it again; if it is lost, revoke it and make another.',
      }}
    >
      <Field
        label="E-mail"
        optional
        hint="With an address, the account is made with that one and no other."
        error={errorOf(failure, 'email')}
      >
        <Input name="email" type="email" autoComplete="off" />
      </Field>
      <Field label="Role" error={errorOf(failure, 'role')}>
        <RoleSelect defaultValue="REPORTER" />
      </Field>
      <Field label="Team" error={errorOf(failure, 'team')}>
        <TeamSelect teams={teams} />
      </Field>
      <Field label="Days it is good for" hint="1 to 30." error={errorOf(failure, 'expiresInDays')}>
        <Input name="days" type="number" min={1} max={30} defaultValue={7} required />
      </Field>
    </SecretDialog>
  );
}
