'use client';

import { ActionDialog, errorOf } from '@/features/incident/actions/ActionDialog.tsx';
import { useWrite } from '@/features/incident/actions/use-write.ts';
import { graphql } from '@/graphql/generated/index.ts';
import { Field, Input } from '@/ui/Field.tsx';

const CHANGE = graphql(`
  mutation ChangePassword($input: ChangePasswordInput!) {
    changePassword(input: $input) {
      __typename
      ... on ChangePasswordSuccess { revoked }
      ...WriteFailure
    }
  }
`);

export const SHORTEST_PASSWORD = 12;

export function ChangePassword({ blocked }: { blocked: string | null }) {
  const { write, busy, failure } = useWrite(CHANGE, 'changePassword', { keyless: true });
  const save = async (form: FormData) => {
    const typed = (name: string) => String(form.get(name) ?? '');
    return Boolean(
      await write({ currentPassword: typed('currentPassword'), newPassword: typed('newPassword') }),
    );
  };
  return (
    <ActionDialog
      button="Change your password"
      title="Change your password"
      description="This ends your other sessions. API tokens keep working: revoke those that are no longer needed."
      blocked={blocked}
      submit="Change it"
      done="Password changed. Your other sessions have ended."
      busy={busy}
      failure={failure}
      onSubmit={save}
    >
      <Field label="Current password" error={errorOf(failure, 'currentPassword')}>
        <Input name="currentPassword" type="password" required autoComplete="current-password" />
      </Field>
      <Field
        label="New password"
        hint={`At least ${SHORTEST_PASSWORD} characters; a sentence is good.`}
        error={errorOf(failure, 'newPassword')}
      >
        <Input
          name="newPassword"
          type="password"
          required
          minLength={SHORTEST_PASSWORD}
          maxLength={256}
          autoComplete="new-password"
        />
      </Field>
    </ActionDialog>
  );
}
