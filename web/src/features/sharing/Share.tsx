'use client';

import { useState } from 'react';
import { ActionDialog, errorOf, text } from '@/features/incident/actions/ActionDialog.tsx';
import { useWrite } from '@/features/incident/actions/use-write.ts';
import { useViewer } from '@/features/shell/ViewerContext.tsx';
import type { ShareWithInput, SharingFactsFragment } from '@/graphql/generated/graphql.ts';
import { graphql } from '@/graphql/generated/index.ts';
import type { Option } from '@/ui/Combobox.tsx';
import { Field, Input, Select } from '@/ui/Field.tsx';
import { PersonPicker, personOption } from './PersonPicker.tsx';
import { VisibilityOptions } from './VisibilityOptions.tsx';

graphql(`
  fragment SharingFacts on Sharing {
    visibility
    embargoedUntil
    people { id name kind }
    peopleTold
    canShare { allowed reason }
  }
`);

const SHARE = graphql(`
  mutation ShareWith($input: ShareWithInput!) {
    shareWith(input: $input) {
      __typename
      ... on ShareWithSuccess { shared { id } }
      ...WriteFailure
    }
  }
`);

interface Props {
  target: string;
  /** What is shared, in a word: "incident", "dataset". */
  what: string;
  sharing: SharingFactsFragment | null | undefined;
  /** An incident can be kept under an embargo. */
  embargo?: boolean;
}

/** Says who may see a thing: how widely, who is named besides, and until when it is kept back. */
export function Share({ target, what, sharing, embargo }: Props) {
  const { signedIn } = useViewer();
  const { write, busy, failure } = useWrite(SHARE, 'shareWith');
  const shownEmbargo = localTime(sharing?.embargoedUntil);
  const [people, setPeople] = useState<Option[]>([]);
  const [named, setNamed] = useState(false);
  const [chosen, setChosen] = useState<string>(sharing?.visibility ?? 'MEMBERS');
  const save = async (form: FormData) => {
    const until = text(form, 'embargoedUntil');
    // The field holds minutes: one that nobody touched is left out, so that the moment stays as it was said.
    const touched = embargo && until !== (shownEmbargo ?? null);
    return Boolean(
      await write({
        target,
        visibility: chosen as ShareWithInput['visibility'],
        // Left as they are where nobody touched them: they may be more than are told.
        ...(named ? { people: people.map((person) => person.value) } : {}),
        ...(touched ? { embargoedUntil: until === null ? null : new Date(until).toISOString() } : {}),
      }),
    );
  };
  return (
    <ActionDialog
      button="Share"
      title={`Who sees this ${what}`}
      description={`Whoever recorded it, auditors and administrators always do. What belongs to the ${what} and was as narrow as it follows.`}
      blocked={blockedBy(sharing, signedIn)}
      submit="Save"
      done="Saved who sees it."
      busy={busy}
      failure={failure}
      onOpen={() => {
        setPeople((sharing?.people ?? []).map(personOption));
        setNamed(false);
        setChosen(sharing?.visibility ?? 'MEMBERS');
      }}
      onSubmit={save}
    >
      <Field label="Visible to" error={errorOf(failure, 'visibility')}>
        <Select value={chosen} onChange={(event) => setChosen(event.target.value)}>
          <VisibilityOptions />
        </Select>
      </Field>
      <Field
        label="And to these people"
        optional
        hint={hintOf(sharing, chosen)}
        error={errorOf(failure, 'people')}
      >
        <PersonPicker
          chosen={people}
          onChange={(chosen) => {
            setPeople(chosen);
            setNamed(true);
          }}
        />
      </Field>
      {embargo ? (
        <Field
          label="Embargo until"
          optional
          hint="Until then only your team and those named see it. It lifts by itself; empty lifts it now."
          error={errorOf(failure, 'embargoedUntil')}
        >
          <Input name="embargoedUntil" type="datetime-local" defaultValue={shownEmbargo} />
        </Field>
      ) : null}
    </ActionDialog>
  );
}

function hintOf(sharing: Props['sharing'], chosen: string): string {
  if (sharing && !sharing.peopleTold)
    return 'Who is named now is not told: it tells of something that is not yours to share. Those named here replace them.';
  return chosen === 'RESTRICTED' ? 'Nobody else will see it.' : 'They see it whatever is chosen above.';
}

function blockedBy(sharing: Props['sharing'], signedIn: boolean): string | null {
  if (!signedIn) return 'Sign in to share.';
  if (!sharing) return 'Only whoever recorded this, their team and administrators say who may see it.';
  return sharing.canShare.allowed ? null : (sharing.canShare.reason ?? 'You may not share this.');
}

/** A moment as the browser's own date field wants it: local, to the minute. */
function localTime(moment: string | null | undefined): string | undefined {
  if (!moment) return undefined;
  const at = new Date(moment);
  return new Date(at.getTime() - at.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
}
