'use client';

import { useRouter } from 'next/navigation';
import { type FormEvent, useEffect, useState } from 'react';
import { useWrite } from '@/features/incident/actions/use-write.ts';
import { VISIBILITY_MEANINGS } from '@/features/incident/words.ts';
import { graphql } from '@/graphql/generated/index.ts';
import { paths } from '@/navigation/paths.ts';
import { Button } from '@/ui/Button.tsx';
import { Field, Input, Select, Textarea } from '@/ui/Field.tsx';
import { Notice } from '@/ui/Notice.tsx';
import { words } from '@/ui/numbers.ts';
import { useToast } from '@/ui/Toast.tsx';
import { BaselineFields } from './BaselineFields.tsx';
import { PreviewOutcomes } from './PreviewOutcomes.tsx';
import { definitionOf, EMPTY, type RuleTyped } from './rule-typed.ts';

const CREATE = graphql(`
  mutation CreateRegressionRule($input: CreateRegressionRuleInput!) {
    createRegressionRule(input: $input) {
      __typename
      ... on CreateRegressionRuleSuccess { regressionRule { id } }
      ...WriteFailure
    }
  }
`);

const PAUSE_MS = 400;
const VISIBILITIES = ['MEMBERS', 'PUBLIC', 'TEAM', 'RESTRICTED'] as const;

/** What was typed, once typing has paused. */
function useSettled(value: string): string {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), PAUSE_MS);
    return () => clearTimeout(timer);
  }, [value]);
  return settled;
}

export interface RuleFormProps {
  begun: Partial<RuleTyped>;
  incident: string;
  behaviors: readonly string[];
  modelVersions: readonly string[];
  blocked: string | null;
}

export function RegressionRuleForm(props: RuleFormProps) {
  const [typed, setTyped] = useState<RuleTyped>({ ...EMPTY, ...props.begun });
  const { write, busy, failure } = useWrite(CREATE, 'createRegressionRule');
  const router = useRouter();
  const say = useToast();
  const definition = definitionOf(typed);
  const shown = JSON.parse(useSettled(JSON.stringify(definition))) as typeof definition;
  const change = (to: Partial<RuleTyped>) => setTyped((before) => ({ ...before, ...to }));
  const bind = (name: Exclude<keyof RuleTyped, 'baselines'>) => ({
    value: typed[name],
    onChange: (event: { target: { value: string } }) => change({ [name]: event.target.value }),
  });
  const errorAt = (...path: string[]) =>
    failure && path.every((part, i) => failure.path[i] === part) ? failure.message : null;
  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    if (definition === null) return;
    const form = new FormData(event.currentTarget);
    const text = (name: string) => String(form.get(name) ?? '').trim();
    const made = await write({
      title: text('title'),
      definition,
      incident: text('incident') || null,
      note: text('note') || null,
      visibility: text('visibility') as (typeof VISIBILITIES)[number],
    });
    if (!made) return;
    say('The rule looks at every measurement from now on.');
    router.push(paths.regressionRule(made.regressionRule.id));
    router.refresh();
  };
  return (
    <form onSubmit={submit} className="grid items-start gap-8 lg:grid-cols-[minmax(0,1fr)_minmax(0,26rem)]">
      <div className="flex flex-col gap-4">
        {failure ? (
          <Notice tone="danger" role="alert">
            {failure.message}
          </Notice>
        ) : null}
        <Field label="Title" hint="How people will call it." error={errorAt('title')}>
          <Input name="title" required maxLength={200} />
        </Field>
        <fieldset className="flex flex-col gap-4 rounded-lg border border-line p-4">
          <legend className="px-1 text-sm font-semibold">What it looks at</legend>
          <div className="grid gap-4 sm:grid-cols-2">
            <Field label="Behaviour" error={errorAt('definition', 'behavior')}>
              <Input required list="behaviors" {...bind('behavior')} />
            </Field>
            <Field
              label="Models"
              hint="A model, or claude-* for all whose names begin so."
              error={errorAt('definition', 'modelFamily')}
            >
              <Input required maxLength={300} {...bind('modelFamily')} />
            </Field>
          </div>
          <Field
            label="Condition"
            optional
            hint="The name of one; any where left out."
            error={errorAt('definition', 'condition')}
          >
            <Input maxLength={300} {...bind('condition')} />
          </Field>
        </fieldset>
        <fieldset className="flex flex-col gap-4 rounded-lg border border-line p-4">
          <legend className="px-1 text-sm font-semibold">What a hit is</legend>
          <Field label="Kind">
            <Select {...bind('kind')}>
              <option value="THRESHOLD">The interval reaches a threshold</option>
              <option value="RISE">The rate rose significantly over a baseline</option>
            </Select>
          </Field>
          {typed.kind === 'THRESHOLD' ? (
            <Field
              label="Threshold in %"
              hint="What the lower end of the 95% interval must reach."
              error={errorAt('definition', 'threshold')}
            >
              <Input required inputMode="decimal" {...bind('threshold')} />
            </Field>
          ) : (
            <>
              <BaselineFields typed={typed} onChange={change} errorAt={errorAt} />
              <Field
                label="Largest p"
                hint="Corrected for all that one run measured."
                error={errorAt('definition', 'alpha')}
              >
                <Input required inputMode="decimal" {...bind('alpha')} />
              </Field>
            </>
          )}
        </fieldset>
        <Field
          label="Incident to reopen"
          optional
          hint="Where left out, those of this behaviour in these models; where there is none, one is drafted."
          error={errorAt('incident')}
        >
          <Input name="incident" placeholder="incident:…" defaultValue={props.incident} />
        </Field>
        <Field
          label="Visibility"
          hint="A hit changes nothing that people see who may not see the rule and the measurement."
        >
          <Select name="visibility" defaultValue="MEMBERS">
            {VISIBILITIES.map((one) => (
              <option key={one} value={one} title={VISIBILITY_MEANINGS[one]}>
                {words(one)}
              </option>
            ))}
          </Select>
        </Field>
        <Field label="Note" optional>
          <Textarea name="note" rows={2} />
        </Field>
        <div className="flex justify-end">
          <Button
            type="submit"
            look="primary"
            busy={busy}
            disabledReason={
              props.blocked ??
              (definition === null ? 'Name a behaviour and models, and say what a hit is.' : undefined)
            }
          >
            {busy ? 'Saving…' : 'Make the rule'}
          </Button>
        </div>
      </div>
      <aside
        aria-label="What it would have hit"
        className="flex flex-col gap-3 rounded-lg border border-line bg-surface p-4 lg:sticky lg:top-4"
      >
        <h2 className="font-semibold">What it would have hit</h2>
        <PreviewOutcomes definition={shown} may={props.blocked === null} />
      </aside>
      <Options id="behaviors" values={props.behaviors} />
      <Options id="model-versions" values={props.modelVersions} />
    </form>
  );
}

function Options({ id, values }: { id: string; values: readonly string[] }) {
  return (
    <datalist id={id}>
      {values.map((value) => (
        <option key={value} value={value} />
      ))}
    </datalist>
  );
}
