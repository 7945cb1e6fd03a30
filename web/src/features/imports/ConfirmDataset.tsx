'use client';

import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { ActionDialog, errorOf } from '@/features/incident/actions/ActionDialog.tsx';
import { useWrite } from '@/features/incident/actions/use-write.ts';
import { NodePicker } from '@/features/incident/pickers.tsx';
import { graphql } from '@/graphql/generated/index.ts';
import type { Option } from '@/ui/Combobox.tsx';
import { Field } from '@/ui/Field.tsx';

const REPLACE = graphql(`
  mutation ReplaceByAlias($input: AddAliasInput!) {
    addAlias(input: $input) {
      __typename
      ... on AddAliasSuccess { node { id } }
      ...WriteFailure
    }
  }
`);

/** Says of a dataset that an import recorded by its bare name which one it is: its name becomes another name of that. */
export function ConfirmDataset(props: {
  /** As what it is recorded. */
  of: { ref: string; label: string };
  importId: string;
  blocked: string | null;
}) {
  const { write, busy, failure } = useWrite(REPLACE, 'addAlias');
  const [chosen, setChosen] = useState<Option[]>([]);
  const [missing, setMissing] = useState(false);
  const client = useQueryClient();
  const choose = (options: Option[]) => {
    setChosen(options);
    setMissing(false);
  };
  const save = async () => {
    const node = chosen[0]?.value;
    setMissing(!node);
    if (!node) return false;
    const made = await write({ alias: props.of.ref, node, replacing: true });
    if (made) await client.invalidateQueries({ queryKey: ['import', props.importId] });
    return made !== null;
  };
  return (
    <ActionDialog
      button="Which one is it?"
      buttonLabel={`Which one is it? ${props.of.label}`}
      buttonProps={{ size: 'sm', look: 'quiet' }}
      title={`Which dataset version is ${props.of.label}?`}
      description="Its name becomes another name of the one that you choose, for later imports too. The eval runs of your team are then tested on that one; what was recorded is retracted, and stays readable."
      blocked={props.blocked}
      submit="Confirm in my name"
      done="Confirmed: the eval runs are tested on it."
      busy={busy}
      failure={failure}
      onSubmit={save}
      onOpen={() => choose([])}
    >
      <Field
        label="Dataset version"
        hint="Type a name, or a reference such as dataset:NAME@VERSION."
        error={missing ? 'Choose one.' : (errorOf(failure, 'node') ?? errorOf(failure, 'replacing'))}
      >
        <NodePicker kinds={['DATASET_VERSION']} chosen={chosen} onChange={choose} single />
      </Field>
    </ActionDialog>
  );
}
