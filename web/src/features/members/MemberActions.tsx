'use client';

import { ActionDialog, errorOf } from '@/features/incident/actions/ActionDialog.tsx';
import { useWrite } from '@/features/incident/actions/use-write.ts';
import type { MemberRowFragment } from '@/graphql/generated/graphql.ts';
import { graphql } from '@/graphql/generated/index.ts';
import { Field } from '@/ui/Field.tsx';
import { OfferPasswordReset } from './OfferPasswordReset.tsx';
import { RoleSelect } from './RoleSelect.tsx';

const ROLE = graphql(`
  mutation ChangeMemberRole($input: ChangeMemberRoleInput!) {
    changeMemberRole(input: $input) {
      __typename
      ... on ChangeMemberRoleSuccess { member { id role } }
      ...WriteFailure
    }
  }
`);
const DISABLE = graphql(`
  mutation DisableMember($input: DisableMemberInput!) {
    disableMember(input: $input) {
      __typename
      ... on DisableMemberSuccess { member { id disabledAt } }
      ...WriteFailure
    }
  }
`);
const ENABLE = graphql(`
  mutation EnableMember($input: EnableMemberInput!) {
    enableMember(input: $input) {
      __typename
      ... on EnableMemberSuccess { member { id disabledAt } }
      ...WriteFailure
    }
  }
`);
const END_SESSIONS = graphql(`
  mutation RevokeMemberSessions($input: RevokeMemberSessionsInput!) {
    revokeMemberSessions(input: $input) {
      __typename
      ... on RevokeMemberSessionsSuccess { revoked member { id openSessions } }
      ...WriteFailure
    }
  }
`);

const small = { size: 'sm' } as const;

/** What an administrator can do with one account, each with its reason where it cannot be done. */
export function MemberActions({ member }: { member: MemberRowFragment }) {
  return (
    <span className="inline-flex gap-1">
      <ChangeRole member={member} />
      {member.kind === 'PERSON' ? <OfferPasswordReset member={member} /> : null}
      {member.kind === 'PERSON' ? <EndSessions member={member} /> : null}
      {member.disabledAt ? <Enable member={member} /> : <Disable member={member} />}
    </span>
  );
}

function ChangeRole({ member }: { member: MemberRowFragment }) {
  const { write, busy, failure } = useWrite(ROLE, 'changeMemberRole');
  const isLast = member.role === 'ADMINISTRATOR' && !member.mayLoseAdministration.allowed;
  return (
    <ActionDialog
      button="Role"
      buttonLabel={`Change the role of ${member.name}`}
      buttonProps={small}
      title={`Change the role of ${member.name}`}
      description="It holds from their next request on, for their sessions and their tokens."
      blocked={isLast ? (member.mayLoseAdministration.reason ?? null) : null}
      submit="Change it"
      done="Role changed."
      busy={busy}
      failure={failure}
      onSubmit={async (form) =>
        Boolean(await write({ member: member.id, role: String(form.get('role')) as typeof member.role }))
      }
    >
      <Field label="Role" error={errorOf(failure, 'role')}>
        <RoleSelect defaultValue={member.role} />
      </Field>
    </ActionDialog>
  );
}

function EndSessions({ member }: { member: MemberRowFragment }) {
  const { write, busy, failure } = useWrite(END_SESSIONS, 'revokeMemberSessions');
  return (
    <ActionDialog
      button="End sessions"
      buttonLabel={`End sessions of ${member.name}`}
      buttonProps={small}
      title={`End all sessions of ${member.name}?`}
      description="They are signed out everywhere, at once, and may sign in again. Their tokens keep working."
      blocked={member.openSessions === 0 ? 'They are signed in nowhere.' : null}
      submit="End them"
      submitLook="danger"
      done="Sessions ended."
      busy={busy}
      failure={failure}
      onSubmit={async () => Boolean(await write({ member: member.id }))}
    />
  );
}

function Disable({ member }: { member: MemberRowFragment }) {
  const { write, busy, failure } = useWrite(DISABLE, 'disableMember');
  return (
    <ActionDialog
      button="Disable"
      buttonLabel={`Disable ${member.name}`}
      buttonProps={{ size: 'sm', look: 'danger' }}
      title={`Disable ${member.name}?`}
      description="Sessions end for good, tokens stop until the account is enabled, and open invitations by it are revoked. What it recorded stays."
      blocked={member.canBeDisabled.allowed ? null : (member.canBeDisabled.reason ?? 'Not now.')}
      submit="Disable"
      submitLook="danger"
      done="Account disabled."
      busy={busy}
      failure={failure}
      onSubmit={async () => Boolean(await write({ member: member.id }))}
    />
  );
}

function Enable({ member }: { member: MemberRowFragment }) {
  const { write, busy, failure } = useWrite(ENABLE, 'enableMember');
  return (
    <ActionDialog
      button="Enable"
      buttonLabel={`Enable ${member.name}`}
      buttonProps={small}
      title={`Enable ${member.name}?`}
      description={`They may sign in again, and ${member.workingTokens} of their tokens work again.`}
      blocked={member.canBeEnabled.allowed ? null : (member.canBeEnabled.reason ?? 'Not now.')}
      submit="Enable"
      done="Account enabled."
      busy={busy}
      failure={failure}
      onSubmit={async () => Boolean(await write({ member: member.id }))}
    />
  );
}
