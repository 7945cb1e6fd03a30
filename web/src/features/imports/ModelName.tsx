'use client';

import { useQueryClient } from '@tanstack/react-query';
import { ActionDialog, errorOf, text } from '@/features/incident/actions/ActionDialog.tsx';
import { useWrite } from '@/features/incident/actions/use-write.ts';
import type { ImportWholeFragment } from '@/graphql/generated/graphql.ts';
import { graphql } from '@/graphql/generated/index.ts';
import { RefLink } from '@/navigation/RefLink.tsx';
import { Field, Input } from '@/ui/Field.tsx';
import { Section } from '@/ui/Section.tsx';

const CONFIRM = graphql(`
  mutation ConfirmModelAlias($input: ConfirmModelAliasInput!) {
    confirmModelAlias(input: $input) {
      __typename
      ... on ConfirmModelAliasSuccess { modelAlias { id } }
      ...WriteFailure
    }
  }
`);

/** What the log calls the model, and what a person says that it means: for later imports, never for this one. */
export function ModelName(props: {
  of: NonNullable<ImportWholeFragment['model']>;
  importId: string;
  blocked: string | null;
}) {
  const { name, recordedAs, alias, candidates } = props.of;
  return (
    <Section id="model" title="Model" note="Logs state no versions, and nothing is guessed of them.">
      <div className="flex flex-col gap-3 text-sm">
        <p className="break-words">
          The log calls it <code className="font-mono">{name}</code>
          {recordedAs ? (
            <>
              , recorded as{' '}
              <RefLink refOf={recordedAs.ref} className="underline decoration-accent-line">
                {recordedAs.label}
              </RefLink>
            </>
          ) : null}
          .
        </p>
        {alias ? (
          <p>
            {alias.confirmedBy.name} confirmed that it means{' '}
            <RefLink refOf={alias.modelVersion.ref} className="underline decoration-accent-line">
              {alias.modelVersion.label}
            </RefLink>
            : imports from then on take it. Runs recorded before stay what they are.
          </p>
        ) : (
          <div className="flex flex-col gap-2">
            <p className="font-medium">
              {candidates.length > 0 ? 'Is this one of these?' : 'Nothing of a like name is recorded.'}
            </p>
            <ul className="flex flex-col gap-2">
              {candidates.map((one) => (
                <li key={one.id} className="flex flex-wrap items-center gap-3">
                  <RefLink refOf={one.ref}>{one.label}</RefLink>
                  <Confirm {...props} modelVersion={one.ref} label={one.label} />
                </li>
              ))}
            </ul>
            <div>
              <Confirm {...props} modelVersion="" label="another model version" />
            </div>
          </div>
        )}
      </div>
    </Section>
  );
}

function Confirm(props: {
  of: { name: string };
  importId: string;
  modelVersion: string;
  label: string;
  blocked: string | null;
}) {
  const { write, busy, failure } = useWrite(CONFIRM, 'confirmModelAlias');
  const client = useQueryClient();
  const save = async (form: FormData) => {
    const made = await write({ name: props.of.name, modelVersion: text(form, 'modelVersion') ?? '' });
    if (made) await client.invalidateQueries({ queryKey: ['import', props.importId] });
    return made !== null;
  };
  const other = props.modelVersion === '';
  return (
    <ActionDialog
      button={other ? 'It is another…' : 'Yes, it is'}
      buttonLabel={other ? undefined : `Yes, it is ${props.label}`}
      buttonProps={{ size: 'sm', look: other ? 'quiet' : undefined }}
      title={`What “${props.of.name}” means`}
      description="Later imports of your team take the model version that you confirm. This run, and those recorded before, stay what they are."
      blocked={props.blocked}
      submit="Confirm in my name"
      done="Confirmed for later imports."
      busy={busy}
      failure={failure}
      onSubmit={save}
    >
      <Field
        label="Model version"
        hint="A reference such as model:NAME@VERSION."
        error={errorOf(failure, 'modelVersion')}
      >
        <Input
          name="modelVersion"
          required
          defaultValue={props.modelVersion}
          readOnly={!other}
          className="font-mono text-sm"
        />
      </Field>
    </ActionDialog>
  );
}
