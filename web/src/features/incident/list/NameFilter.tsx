'use client';

import { ask, explain } from '@/graphql/browser.ts';
import { graphql } from '@/graphql/generated/index.ts';
import { Combobox } from '@/ui/Combobox.tsx';
import { Field } from '@/ui/Field.tsx';

const BEHAVIORS = graphql(`
  query FilterBehaviors($search: String) { behaviors(search: $search, first: 20) { nodes { name title } } }
`);
const MODELS = graphql(`
  query FilterModels($search: String) { models(search: $search, first: 20) { nodes { name title developer } } }
`);

async function loadBehaviors(typed: string, signal: AbortSignal) {
  const answer = await ask(BEHAVIORS, { search: typed || null }, signal);
  if (answer.kind !== 'data') throw new Error(explain(answer));
  return answer.data.behaviors.nodes.map((one) => ({ value: one.name, label: one.title, detail: one.name }));
}

async function loadModels(typed: string, signal: AbortSignal) {
  const answer = await ask(MODELS, { search: typed || null }, signal);
  if (answer.kind !== 'data') throw new Error(explain(answer));
  return answer.data.models.nodes.map((one) => ({
    value: one.name,
    label: one.title ?? one.name,
    detail: one.developer,
  }));
}

/** Narrows the list to behaviours or models by name. */
export function NameFilter(props: {
  of: 'behavior' | 'model';
  chosen: readonly string[];
  onChange: (names: string[]) => void;
}) {
  return (
    <Field label={props.of === 'behavior' ? 'Behaviour' : 'Model'}>
      <Combobox
        load={props.of === 'behavior' ? loadBehaviors : loadModels}
        chosen={props.chosen.map((name) => ({ value: name, label: name }))}
        onChange={(options) => props.onChange(options.map((option) => option.value))}
        placeholder="Type a name"
      />
    </Field>
  );
}
