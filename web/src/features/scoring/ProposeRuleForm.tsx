'use client';

import { useRouter } from 'next/navigation';
import { type FormEvent, useEffect, useState } from 'react';
import { errorOf } from '@/features/incident/actions/ActionDialog.tsx';
import { useWrite } from '@/features/incident/actions/use-write.ts';
import { graphql } from '@/graphql/generated/index.ts';
import { paths } from '@/navigation/paths.ts';
import { Button } from '@/ui/Button.tsx';
import { Field, Input, Select, Textarea } from '@/ui/Field.tsx';
import { Notice } from '@/ui/Notice.tsx';
import { useToast } from '@/ui/Toast.tsx';
import { PreviewCounts } from './PreviewCounts.tsx';
import { definitionOf, type RuleTyped, type TestName } from './rule-form.ts';
import { TestField } from './TestField.tsx';

const PROPOSE = graphql(`
  mutation ProposeScoringRule($input: ProposeScoringRuleInput!) {
    proposeScoringRule(input: $input) {
      __typename
      ... on ProposeScoringRuleSuccess { scoringRuleVersion { id rule { name } } }
      ...WriteFailure
    }
  }
`);

const PAUSE_MS = 400;

/** What was typed, once typing has paused. */
function useSettled<T>(value: T): T {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), PAUSE_MS);
    return () => clearTimeout(timer);
  }, [value]);
  return settled;
}

const TEST_FIELDS: { name: TestName; label: string; hint: string; optional?: boolean }[] = [
  { name: 'exhibited', label: 'Exhibited', hint: 'Values that mean that the behaviour was exhibited.' },
  {
    name: 'notExhibited',
    label: 'Not exhibited',
    hint: 'Values that mean that it was judged and not exhibited.',
  },
  {
    name: 'graderError',
    label: 'Grader error',
    hint: 'Values that mean that the grader failed; asked before all else.',
    optional: true,
  },
  { name: 'excluded', label: 'Excluded', hint: 'Values of samples left out on purpose.', optional: true },
  { name: 'unscored', label: 'Unscored', hint: 'Values that are known to say nothing.', optional: true },
];

export function ProposeRuleForm(props: {
  initial: RuleTyped;
  run: string;
  runs: readonly string[];
  behaviors: readonly string[];
  blocked: string | null;
}) {
  const [typed, setTyped] = useState(props.initial);
  const [run, setRun] = useState(props.run);
  const { write, busy, failure } = useWrite(PROPOSE, 'proposeScoringRule');
  const router = useRouter();
  const say = useToast();
  const definition = definitionOf(typed);
  const shown = useSettled(JSON.stringify({ definition, run }));
  const preview = JSON.parse(shown) as { definition: typeof definition; run: string };
  const set = (more: Partial<RuleTyped>) => setTyped((before) => ({ ...before, ...more }));
  const bind = (
    name:
      | 'evaluation'
      | 'name'
      | 'scorer'
      | 'key'
      | 'behavior'
      | 'argument'
      | 'behaviors'
      | 'otherwise'
      | 'graderErrorKey'
      | 'conditionArgs'
      | 'note',
  ) => ({
    value: typed[name],
    onChange: (event: { target: { value: string } }) => set({ [name]: event.target.value }),
  });
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (definition === null) return;
    const made = await write({
      evaluation: typed.evaluation.trim(),
      name: typed.name.trim() || null,
      definition,
      note: typed.note.trim() || null,
    });
    if (!made) return;
    say('Proposed. It is applied once a person confirms it.');
    router.push(paths.scoringRule(made.scoringRuleVersion.rule.name));
    router.refresh();
  };
  const errorAt = (...path: string[]) =>
    failure && path.every((part, i) => failure.path[i] === part) ? failure.message : null;
  return (
    <form onSubmit={submit} className="grid items-start gap-8 lg:grid-cols-[minmax(0,1fr)_minmax(0,24rem)]">
      <div className="flex flex-col gap-4">
        {failure ? (
          <Notice tone="danger" role="alert">
            {failure.message}
          </Notice>
        ) : null}
        <div className="grid gap-4 sm:grid-cols-2">
          <Field
            label="Evaluation"
            hint="As logs name it, with or without its package."
            error={errorOf(failure, 'evaluation')}
          >
            <Input required maxLength={200} {...bind('evaluation')} />
          </Field>
          <Field label="Scorer" hint="As the samples name it." error={errorAt('definition', 'scorer')}>
            <Input required maxLength={200} {...bind('scorer')} />
          </Field>
          <Field label="Which of its values" optional hint="A key, where the scorer gives several.">
            <Input maxLength={200} {...bind('key')} />
          </Field>
          <Field
            label="Name of the rule"
            optional
            hint="evaluation/scorer, where left out."
            error={errorOf(failure, 'name')}
          >
            <Input maxLength={200} {...bind('name')} />
          </Field>
        </div>
        <fieldset className="flex flex-col gap-4 rounded-lg border border-line p-4">
          <legend className="px-1 text-sm font-semibold">Behaviour</legend>
          <Field label="What it measures">
            <Select value={typed.by} onChange={(event) => set({ by: event.target.value as RuleTyped['by'] })}>
              <option value="name">One behaviour</option>
              <option value="argument">A behaviour by a task argument</option>
            </Select>
          </Field>
          {typed.by === 'name' ? (
            <Field label="Behaviour" hint="One that is registered." error={errorAt('definition', 'behavior')}>
              <Input required list="behaviors" {...bind('behavior')} />
            </Field>
          ) : (
            <>
              <Field label="Task argument">
                <Input required {...bind('argument')} />
              </Field>
              <Field
                label="Behaviours"
                hint="A line for each value: value = behaviour."
                error={errorAt('definition', 'behaviorByTaskArg')}
              >
                <Textarea required rows={4} className="font-mono text-sm" {...bind('behaviors')} />
              </Field>
              <Field label="Where it is not given" optional>
                <Input list="behaviors" {...bind('otherwise')} />
              </Field>
            </>
          )}
          <datalist id="behaviors">
            {props.behaviors.map((name) => (
              <option key={name} value={name} />
            ))}
          </datalist>
        </fieldset>
        <fieldset className="flex flex-col gap-4 rounded-lg border border-line p-4">
          <legend className="px-1 text-sm font-semibold">What the values mean</legend>
          <p className="text-sm text-ink-2">What none of these names is unscored, never “not exhibited”.</p>
          {TEST_FIELDS.map((field) => (
            <TestField
              key={field.name}
              {...field}
              typed={typed.tests[field.name]}
              error={errorAt('definition', field.name)}
              onChange={(test) => set({ tests: { ...typed.tests, [field.name]: test } })}
            />
          ))}
          {typed.tests.graderError.kind === 'none' ? null : (
            <Field
              label="Where the grader error stands"
              optional
              hint="A key, if not where the other values stand."
            >
              <Input {...bind('graderErrorKey')} />
            </Field>
          )}
        </fieldset>
        <Field
          label="Task arguments that make the condition"
          optional
          hint="In order, with commas between them."
        >
          <Input {...bind('conditionArgs')} />
        </Field>
        <Field label="Note" optional hint="Such as where the scorer's code says so.">
          <Textarea rows={2} {...bind('note')} />
        </Field>
        <div className="flex justify-end">
          <Button
            type="submit"
            look="primary"
            busy={busy}
            disabledReason={
              props.blocked ??
              (definition === null
                ? 'Name a scorer and a behaviour, and say what is exhibited and what is not.'
                : undefined)
            }
          >
            {busy ? 'Saving…' : 'Propose'}
          </Button>
        </div>
      </div>
      <aside
        aria-label="What it counts"
        className="flex flex-col gap-4 rounded-lg border border-line bg-surface p-4 lg:sticky lg:top-4"
      >
        <h2 className="font-semibold">What it counts</h2>
        <Field label="On the run" hint="Nothing is written.">
          <Input
            list="runs"
            value={run}
            onChange={(event) => setRun(event.target.value)}
            placeholder="eval-run:…"
          />
        </Field>
        <datalist id="runs">
          {props.runs.map((ref) => (
            <option key={ref} value={ref} />
          ))}
        </datalist>
        <PreviewCounts evalRun={preview.run} definition={preview.definition} />
      </aside>
    </form>
  );
}
