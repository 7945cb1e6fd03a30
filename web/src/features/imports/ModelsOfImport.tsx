'use client';

import { useQueryClient } from '@tanstack/react-query';
import { ActionDialog, errorOf, text } from '@/features/incident/actions/ActionDialog.tsx';
import { useWrite } from '@/features/incident/actions/use-write.ts';
import type { ImportWholeFragment } from '@/graphql/generated/graphql.ts';
import { graphql } from '@/graphql/generated/index.ts';
import { RefLink } from '@/navigation/RefLink.tsx';
import { Field, Input } from '@/ui/Field.tsx';
import { grouped, plural } from '@/ui/numbers.ts';
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

type Named = ImportWholeFragment['models'][number];

interface Asking {
  importId: string;
  /** Why the viewer can confirm nothing; null where they can. */
  blocked: string | null;
}

/** A file may name dozens: what stands below must stay in sight. */
const SHOWN = 5;

/** What the file calls the models, and what a person says that each means: for later imports, never for this one. */
export function ModelsOfImport({ row, blocked }: { row: ImportWholeFragment; blocked: string | null }) {
  const { models } = row;
  if (models.length === 0) return null;
  const asking = { importId: row.id, blocked };
  const more = models.slice(SHOWN);
  const total = row.truncations.find(({ field }) => field === 'models')?.total ?? models.length;
  return (
    <Section
      id="model"
      title={models.length === 1 ? 'Model' : 'Models'}
      count={models.length === 1 ? undefined : total}
      note="By the name and version that the file states; nothing is guessed of either."
    >
      <List models={models.slice(0, SHOWN)} {...asking} />
      {more.length > 0 ? (
        <details className="mt-3 text-sm">
          <summary className="w-fit text-accent">{plural(more.length, 'more model')}</summary>
          <div className="mt-3">
            <List models={more} {...asking} />
          </div>
        </details>
      ) : null}
      {total > models.length ? (
        <p className="mt-3 text-sm text-ink-2">{`The first ${models.length} of ${grouped(total)} are asked for.`}</p>
      ) : null}
    </Section>
  );
}

function List({ models, ...asking }: Asking & { models: readonly Named[] }) {
  return (
    <ul className="flex flex-col gap-5 text-sm">
      {models.map((of) => (
        <li key={`${of.name} ${of.recordedAs?.ref}`}>
          <ModelName of={of} {...asking} />
        </li>
      ))}
    </ul>
  );
}

function ModelName(props: Asking & { of: Named }) {
  const { name, recordedAs, alias, candidates } = props.of;
  return (
    <div className="flex flex-col gap-3">
      <p className="break-words">
        The file calls it <code className="font-mono">{name}</code>
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
  );
}

function Confirm(props: Asking & { of: { name: string }; modelVersion: string; label: string }) {
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
      buttonLabel={`${other ? 'It is another…' : `Yes, it is ${props.label}`} that the file calls ${props.of.name}`}
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
