'use client';

import { ask, explain } from '@/graphql/browser.ts';
import { graphql } from '@/graphql/generated/index.ts';
import { Combobox, type Option } from '@/ui/Combobox.tsx';
import { Field, Input, Select } from '@/ui/Field.tsx';
import { measurementOptions } from './measurement-options.ts';
import { MOST_BASELINES, type RuleTyped } from './rule-typed.ts';

const MEASURED = graphql(`
  query PickBaselines($behavior: String!, $search: String) {
    evalRuns(first: 20, filter: { behavior: $behavior, search: $search }) {
      nodes { id measurements { ...RegressionMeasured behavior { name } } }
    }
  }
`);

/** What was measured of a behaviour in the runs that a text finds. */
async function findMeasured(behavior: string, typed: string, signal: AbortSignal): Promise<Option[]> {
  const about = behavior.trim();
  if (about === '') return [];
  const answer = await ask(MEASURED, { behavior: about, search: typed || null }, signal);
  if (answer.kind !== 'data') throw new Error(explain(answer));
  return measurementOptions(
    about,
    answer.data.evalRuns.nodes.flatMap((run) => run.measurements),
  );
}

export interface BaselineFieldsProps {
  typed: RuleTyped;
  onChange: (change: Partial<RuleTyped>) => void;
  errorAt: (...path: string[]) => string | null;
}

/** With what a rise is compared: all that was measured of a model version by now, or chosen measurements. */
export function BaselineFields({ typed, onChange, errorAt }: BaselineFieldsProps) {
  const tooMany =
    typed.baselines.length > MOST_BASELINES ? `No more than ${MOST_BASELINES} can be compared with.` : null;
  return (
    <>
      <Field label="Compared with">
        <Select
          value={typed.baseline}
          onChange={(event) => onChange({ baseline: event.target.value as RuleTyped['baseline'] })}
        >
          <option value="MODEL_VERSION">What was measured of a model version</option>
          <option value="MEASUREMENTS">Single measurements</option>
        </Select>
      </Field>
      {typed.baseline === 'MODEL_VERSION' ? (
        <Field
          label="Baseline"
          hint="A model version: what was measured of it by now."
          error={errorAt('definition', 'baselineModelVersion')}
        >
          <Input
            required
            list="model-versions"
            placeholder="model:…"
            value={typed.baselineModelVersion}
            onChange={(event) => onChange({ baselineModelVersion: event.target.value })}
          />
        </Field>
      ) : (
        <Field
          label="Baselines"
          hint={
            typed.behavior.trim() === ''
              ? 'Name the behaviour first: its measurements are found by the eval run or the evaluation.'
              : `Measurements of ${typed.behavior.trim()}, found by the eval run or the evaluation.`
          }
          error={errorAt('definition', 'baselines') ?? tooMany}
        >
          <Combobox
            load={(text, signal) => findMeasured(typed.behavior, text, signal)}
            chosen={typed.baselines}
            onChange={(baselines) =>
              onChange({ baselines: baselines.map(({ value, label }) => ({ value, label })) })
            }
            placeholder="Type an eval run or an evaluation"
          />
        </Field>
      )}
    </>
  );
}
