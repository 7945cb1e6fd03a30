'use client';

import { useState } from 'react';
import { graphql } from '@/graphql/generated/index.ts';
import { Checkbox, Field, Textarea } from '@/ui/Field.tsx';
import { ActionDialog, errorOf, text } from './ActionDialog.tsx';
import { useWrite } from './use-write.ts';

const UNLINK = graphql(`
  mutation UnlinkIncident($input: LinkIncidentInput!) {
    linkIncident(input: $input) {
      __typename
      ... on LinkIncidentSuccess { incident { id } }
      ...WriteFailure
    }
  }
`);

export interface LinkedGroup {
  title: string;
  links: readonly { id: string; label: string }[];
}

/** Takes links back, with a reason: retracted, so that what was known on an earlier day stays readable. */
export function UnlinkIncident(props: {
  incident: string;
  groups: readonly LinkedGroup[];
  blocked: string | null;
}) {
  const { write, busy, failure } = useWrite(UNLINK, 'linkIncident');
  const [none, setNone] = useState(false);
  const groups = props.groups.filter((group) => group.links.length > 0);
  const save = async (form: FormData) => {
    const chosen = form.getAll('unlink').map(String);
    setNone(chosen.length === 0);
    if (chosen.length === 0) return false;
    return Boolean(await write({ incident: props.incident, unlink: chosen, reason: text(form, 'reason') }));
  };
  return (
    <ActionDialog
      button="Unlink"
      title="Unlink from the incident"
      description="What is unlinked no longer holds from now on. Questions about earlier dates still find it."
      blocked={props.blocked ?? (groups.length ? null : 'Nothing is linked to this incident.')}
      submit="Unlink"
      done="Unlinked."
      busy={busy}
      failure={failure}
      onSubmit={save}
      onOpen={() => setNone(false)}
    >
      {groups.map((group) => (
        <fieldset key={group.title} className="flex flex-col gap-1.5">
          <legend className="mb-1.5 text-sm font-medium">{group.title}</legend>
          {group.links.map((link) => (
            <Checkbox key={link.id} name="unlink" value={link.id} label={link.label} />
          ))}
        </fieldset>
      ))}
      {none ? (
        <p role="alert" className="text-sm font-medium text-danger">
          Choose at least one link.
        </p>
      ) : null}
      <Field label="Why it does not belong here" error={errorOf(failure, 'reason')}>
        <Textarea name="reason" required rows={2} />
      </Field>
    </ActionDialog>
  );
}
