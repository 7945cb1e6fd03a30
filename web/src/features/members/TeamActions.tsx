'use client';

import { useState } from 'react';
import { ActionDialog, errorOf, text } from '@/features/incident/actions/ActionDialog.tsx';
import { useWrite } from '@/features/incident/actions/use-write.ts';
import { ask, explain } from '@/graphql/browser.ts';
import { graphql } from '@/graphql/generated/index.ts';
import { Combobox, type Option } from '@/ui/Combobox.tsx';
import { Field, Input } from '@/ui/Field.tsx';

const CREATE = graphql(`
  mutation CreateTeam($input: CreateTeamInput!) {
    createTeam(input: $input) {
      __typename
      ... on CreateTeamSuccess { team { id } }
      ...WriteFailure
    }
  }
`);
const ADD = graphql(`
  mutation AddTeamMember($input: AddTeamMemberInput!) {
    addTeamMember(input: $input) {
      __typename
      ... on AddTeamMemberSuccess { team { id } }
      ...WriteFailure
    }
  }
`);
const REMOVE = graphql(`
  mutation RemoveTeamMember($input: RemoveTeamMemberInput!) {
    removeTeamMember(input: $input) {
      __typename
      ... on RemoveTeamMemberSuccess { team { id } }
      ...WriteFailure
    }
  }
`);
const FIND = graphql(`
  query FindMembers($search: String) {
    people: members(kind: PERSON, search: $search, first: 10) { nodes { id name email } }
    programs: members(kind: SERVICE, search: $search, first: 10) { nodes { id name email } }
  }
`);

interface Team {
  id: string;
  name: string;
}

export function CreateTeam() {
  const { write, busy, failure } = useWrite(CREATE, 'createTeam');
  return (
    <ActionDialog
      button="Create a team"
      buttonProps={{ look: 'primary' }}
      title="Create a team"
      description="A party that asserts things. Its namespace stands before the names that its members give, and stays as it is."
      blocked={null}
      submit="Create"
      done="Team created."
      busy={busy}
      failure={failure}
      onSubmit={async (form) =>
        Boolean(await write({ name: text(form, 'name') ?? '', namespace: text(form, 'namespace') ?? '' }))
      }
    >
      <Field label="Name" error={errorOf(failure, 'name')}>
        <Input name="name" required maxLength={200} autoComplete="off" />
      </Field>
      <Field
        label="Namespace"
        hint="Lower-case letters, digits and hyphens, as in lab/dataset."
        error={errorOf(failure, 'namespace')}
      >
        <Input
          name="namespace"
          required
          maxLength={63}
          pattern="[a-z0-9][a-z0-9\-]*"
          autoComplete="off"
          spellCheck={false}
        />
      </Field>
    </ActionDialog>
  );
}

async function findMembers(typed: string, signal: AbortSignal): Promise<Option[]> {
  const answer = await ask(FIND, { search: typed || null }, signal);
  if (answer.kind !== 'data') throw new Error(explain(answer));
  const { people, programs } = answer.data;
  return [...people.nodes, ...programs.nodes].map((one) => ({
    value: one.id,
    label: one.name,
    detail: one.email ?? undefined,
  }));
}

export function AddTeamMember({ team, present }: { team: Team; present: readonly string[] }) {
  const { write, busy, failure } = useWrite(ADD, 'addTeamMember');
  const [chosen, setChosen] = useState<Option[]>([]);
  const save = async () => {
    const done = await write({ team: team.id, member: chosen[0]?.value ?? '' });
    if (done) setChosen([]);
    return Boolean(done);
  };
  const others = async (typed: string, signal: AbortSignal) =>
    (await findMembers(typed, signal)).filter((option) => !present.includes(option.value));
  return (
    <ActionDialog
      button="Add a member"
      buttonLabel={`Add a member to ${team.name}`}
      buttonProps={{ size: 'sm' }}
      title={`Add a member to ${team.name}`}
      description="They see what the team keeps to itself."
      blocked={null}
      submit="Add"
      done="Member added."
      busy={busy}
      failure={failure}
      onSubmit={save}
    >
      <Field label="Member" error={errorOf(failure, 'member')}>
        <Combobox
          single
          takesNames={false}
          load={others}
          chosen={chosen}
          onChange={setChosen}
          placeholder="Name or address"
        />
      </Field>
    </ActionDialog>
  );
}

export function RemoveTeamMember(props: {
  team: Team;
  member: { id: string; name: string };
  blocked: string | null;
}) {
  const { write, busy, failure } = useWrite(REMOVE, 'removeTeamMember');
  const { team, member } = props;
  return (
    <ActionDialog
      button="Remove"
      buttonLabel={`Remove ${member.name} from ${team.name}`}
      buttonProps={{ size: 'sm', look: 'danger' }}
      title={`Remove ${member.name} from ${team.name}?`}
      description="What the team keeps to itself is gone from their sight. What they recorded for it stays."
      blocked={props.blocked}
      submit="Remove"
      submitLook="danger"
      done="Member removed."
      busy={busy}
      failure={failure}
      onSubmit={async () => Boolean(await write({ team: team.id, member: member.id }))}
    />
  );
}
