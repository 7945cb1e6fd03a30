'use client';

import { ActionDialog, errorOf, text } from '@/features/incident/actions/ActionDialog.tsx';
import { useWrite } from '@/features/incident/actions/use-write.ts';
import type { Role } from '@/graphql/generated/graphql.ts';
import { graphql } from '@/graphql/generated/index.ts';
import { Field, Input } from '@/ui/Field.tsx';
import { RoleSelect, type TeamOption, TeamSelect } from './RoleSelect.tsx';

const CREATE = graphql(`
  mutation CreateServiceAccount($input: CreateServiceAccountInput!) {
    createServiceAccount(input: $input) {
      __typename
      ... on CreateServiceAccountSuccess { member { id } }
      ...WriteFailure
    }
  }
`);

export function CreateServiceAccount({ teams }: { teams: readonly TeamOption[] }) {
  const { write, busy, failure } = useWrite(CREATE, 'createServiceAccount');
  const save = async (form: FormData) => {
    const role = String(form.get('role')) as Role;
    return Boolean(await write({ name: text(form, 'name') ?? '', role, team: text(form, 'team') }));
  };
  return (
    <ActionDialog
      button="Create a service account"
      buttonProps={{ look: 'primary' }}
      title="Create a service account"
      description="It signs in nowhere: give it tokens next."
      blocked={null}
      submit="Create"
      done="Service account created."
      busy={busy}
      failure={failure}
      onSubmit={save}
    >
      <Field label="Name" hint="What it is: a pipeline, a bot." error={errorOf(failure, 'name')}>
        <Input name="name" required maxLength={200} autoComplete="off" />
      </Field>
      <Field label="Role" hint="What its tokens may do at most." error={errorOf(failure, 'role')}>
        <RoleSelect defaultValue="REPORTER" />
      </Field>
      <Field label="Team" hint="In whose name it asserts." error={errorOf(failure, 'team')}>
        <TeamSelect teams={teams} />
      </Field>
    </ActionDialog>
  );
}
