'use client';

import { Plus, X } from 'lucide-react';
import { useState } from 'react';
import { ActionDialog, errorOf, number, text } from '@/features/incident/actions/ActionDialog.tsx';
import { CitationFields } from '@/features/incident/actions/CitationFields.tsx';
import { citationOf } from '@/features/incident/actions/citation-of.ts';
import { useWrite } from '@/features/incident/actions/use-write.ts';
import type { AmountBasis, AmountUnit } from '@/graphql/generated/graphql.ts';
import { graphql } from '@/graphql/generated/index.ts';
import { Button } from '@/ui/Button.tsx';
import type { CitationFacts } from '@/ui/CitationMark.tsx';
import { Checkbox, Field, Input, Select } from '@/ui/Field.tsx';
import { words } from '@/ui/numbers.ts';
import {
  type Line,
  lineOfFailure,
  needsName,
  toInputs,
  toLine,
  type WrittenInput,
} from './composition-lines.ts';

const ASSERT = graphql(`
  mutation AssertComposition($input: AssertCompositionInput!) {
    assertComposition(input: $input) {
      __typename
      ... on AssertCompositionSuccess { composition { id } }
      ...WriteFailure
    }
  }
`);

const UNITS: readonly AmountUnit[] = ['FRACTION', 'TOKENS', 'ROWS', 'DOCUMENTS', 'BYTES'];

export type WrittenComposition = {
  id: string;
  unit: AmountUnit;
  basis: AmountBasis;
  total: number | null;
  complete: boolean;
  citation: CitationFacts | null;
  inputs: readonly WrittenInput[];
};

/** States what something was made of; in place of a wrong statement, which is retracted in the same step. */
export function CorrectComposition(props: {
  nodeRef: string;
  /** The dataset version made, where the composition belongs to a transformation with several outputs. */
  output?: string | null;
  replaces?: WrittenComposition;
  blocked: string | null;
}) {
  const { replaces } = props;
  const { write, busy, failure } = useWrite(ASSERT, 'assertComposition');
  const [lines, setLines] = useState<Line[]>([]);
  const [next, setNext] = useState(0);
  const open = () => {
    const inputs = replaces?.inputs.length ? replaces.inputs : [undefined];
    setLines(inputs.map((input, index) => toLine(index, replaces?.unit, input)));
    setNext(inputs.length);
  };
  const change = (key: number, part: Partial<Line>) =>
    setLines(lines.map((line) => (line.key === key ? { ...line, ...part } : line)));
  const save = async (form: FormData) =>
    Boolean(
      await write({
        node: props.nodeRef,
        output: props.output ?? null,
        replaces: replaces?.id ?? null,
        reason: text(form, 'reason'),
        composition: {
          unit: text(form, 'unit') as AmountUnit,
          basis: text(form, 'basis') as AmountBasis,
          total: number(form, 'total'),
          complete: form.get('complete') === 'on',
          citation: citationOf(form, replaces?.citation),
          inputs: toInputs(lines),
        },
      }),
    );
  const wrongLine = failure ? lineOfFailure(lines, failure.path) : null;
  return (
    <ActionDialog
      button={replaces ? 'Correct' : 'State what it was made of'}
      buttonProps={{ size: 'sm', look: 'plain' }}
      title={replaces ? 'Correct the composition' : 'State the composition'}
      description={
        replaces
          ? 'The old statement is retracted and the new one recorded, in one step. Earlier dates keep the old one.'
          : 'One party’s statement of all its inputs. Statements that differ stand side by side.'
      }
      blocked={props.blocked}
      submit={replaces ? 'Correct' : 'Record'}
      done={replaces ? 'Corrected.' : 'Recorded.'}
      busy={busy}
      failure={failure}
      onSubmit={save}
      onOpen={open}
    >
      <div className="grid gap-4 sm:grid-cols-3">
        <Field label="Unit">
          <Select name="unit" defaultValue={replaces?.unit ?? 'FRACTION'}>
            {UNITS.map((unit) => (
              <option key={unit} value={unit}>
                {words(unit)}
              </option>
            ))}
          </Select>
        </Field>
        <Field label="Amounts are what was">
          <Select name="basis" defaultValue={replaces?.basis ?? 'CONTRIBUTED'}>
            <option value="CONTRIBUTED">contributed</option>
            <option value="READ">read</option>
          </Select>
        </Field>
        <Field label="Total" optional error={failure?.path[1] === 'total' ? failure.message : null}>
          <Input name="total" type="number" step="any" min="0" defaultValue={replaces?.total ?? ''} />
        </Field>
      </div>
      <fieldset className="flex flex-col gap-2">
        <legend className="mb-1 text-sm font-medium">Inputs</legend>
        {lines.map((line, index) => (
          <div
            key={line.key}
            className="grid grid-cols-[1fr_1fr_1fr_auto] items-center gap-2 sm:grid-cols-[1fr_7rem_7rem_5rem_auto]"
          >
            <Input
              aria-label={`Input ${index + 1}: reference`}
              aria-invalid={line.key === wrongLine || undefined}
              required={needsName(line)}
              placeholder="source:books3"
              className="font-mono text-sm max-sm:col-span-4"
              value={line.of}
              onChange={(event) => change(line.key, { of: event.target.value })}
            />
            <Input
              aria-label={`Input ${index + 1}: amount`}
              placeholder="amount"
              type="number"
              step="any"
              min="0"
              value={line.amount}
              onChange={(event) => change(line.key, { amount: event.target.value })}
            />
            <Select
              aria-label={`Input ${index + 1}: unit`}
              value={line.unit}
              onChange={(event) => change(line.key, { unit: event.target.value as Line['unit'] })}
            >
              <option value="">as above</option>
              {UNITS.map((unit) => (
                <option key={unit} value={unit}>
                  {words(unit)}
                </option>
              ))}
            </Select>
            <Input
              aria-label={`Input ${index + 1}: epochs`}
              placeholder="epochs"
              type="number"
              step="any"
              min="0"
              value={line.epochs}
              onChange={(event) => change(line.key, { epochs: event.target.value })}
            />
            <Button
              look="quiet"
              size="icon"
              aria-label={`Remove input ${index + 1}`}
              onClick={() => setLines(lines.filter((one) => one.key !== line.key))}
            >
              <X aria-hidden />
            </Button>
          </div>
        ))}
        <Button
          size="sm"
          className="self-start"
          onClick={() => {
            setLines([...lines, toLine(next)]);
            setNext(next + 1);
          }}
        >
          <Plus aria-hidden /> Add an input
        </Button>
      </fieldset>
      <Checkbox
        name="complete"
        label="These are all the inputs"
        defaultChecked={replaces?.complete ?? false}
      />
      {replaces ? (
        <Field label="Why the old one is wrong" error={errorOf(failure, 'reason')}>
          <Input name="reason" required />
        </Field>
      ) : null}
      <CitationFields begun={replaces?.citation} />
      {failure ? <p className="text-sm font-medium text-danger">{failure.message}</p> : null}
    </ActionDialog>
  );
}
