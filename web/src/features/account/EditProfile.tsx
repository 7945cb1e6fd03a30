'use client';

import { ActionDialog, errorOf, text } from '@/features/incident/actions/ActionDialog.tsx';
import { useWrite } from '@/features/incident/actions/use-write.ts';
import { graphql } from '@/graphql/generated/index.ts';
import { Field, Input } from '@/ui/Field.tsx';

const UPDATE = graphql(`
  mutation UpdateProfile($input: UpdateProfileInput!) {
    updateProfile(input: $input) {
      __typename
      ... on UpdateProfileSuccess { actor { id name } }
      ...WriteFailure
    }
  }
`);

export function EditProfile({ name }: { name: string }) {
  const { write, busy, failure } = useWrite(UPDATE, 'updateProfile');
  return (
    <ActionDialog
      button="Change your name"
      title="Change your name"
      description="It stands beside everything that you recorded, the past included."
      blocked={null}
      submit="Save"
      done="Name changed."
      busy={busy}
      failure={failure}
      onSubmit={async (form) => Boolean(await write({ name: text(form, 'name') ?? '' }))}
    >
      <Field label="Name" error={errorOf(failure, 'name')}>
        <Input name="name" required maxLength={200} defaultValue={name} autoComplete="name" />
      </Field>
    </ActionDialog>
  );
}
