'use client';

import { ask, explain } from '@/graphql/browser.ts';
import type { LineageNodeKind } from '@/graphql/generated/graphql.ts';
import { graphql } from '@/graphql/generated/index.ts';
import { Combobox, type Option } from '@/ui/Combobox.tsx';
import { words } from '@/ui/numbers.ts';
import { TAG_PREFIX } from './split-suspects.ts';

const NODES = graphql(`
  query PickNodes($query: String!, $kinds: [LineageNodeKind!]) {
    search(query: $query, kinds: $kinds, first: 20) { nodes { kind label ref snippet } }
  }
`);
const TAGS = graphql(`
  query PickTags($search: String) { contentTags(search: $search, first: 20) { name description } }
`);
const BEHAVIORS = graphql(`
  query PickBehaviors($search: String) { behaviors(search: $search, first: 20) { nodes { name title description } } }
`);

export interface PickerProps {
  chosen: readonly Option[];
  onChange: (chosen: Option[]) => void;
  placeholder?: string;
  single?: boolean;
}

const REF = /^(source|dataset|transformation|training-run|model|eval-run|incident):\S+$/;

/** A reference that somebody knows by heart can be given as it is; the API says if it does not exist. */
const typedRef = (typed: string): Option | null =>
  REF.test(typed) ? { value: typed, label: typed, detail: 'This reference, as typed' } : null;

async function searchNodes(kinds: LineageNodeKind[], typed: string, signal: AbortSignal): Promise<Option[]> {
  if (typed === '') return [];
  const answer = await ask(NODES, { query: typed, kinds }, signal);
  if (answer.kind !== 'data') throw new Error(explain(answer));
  return answer.data.search.nodes.flatMap((hit) =>
    hit.ref ? [{ value: hit.ref, label: hit.label, detail: `${words(hit.kind)} · ${hit.ref}` }] : [],
  );
}

async function searchTags(typed: string, signal: AbortSignal): Promise<Option[]> {
  const answer = await ask(TAGS, { search: typed || null }, signal);
  if (answer.kind !== 'data') throw new Error(explain(answer));
  return answer.data.contentTags.map((tag) => ({
    value: `${TAG_PREFIX}${tag.name}`,
    label: `#${tag.name}`,
    detail: tag.description ?? 'Content tag',
  }));
}

/** Chooses lineage nodes of some kinds by typing. Values are references. */
export function NodePicker({ kinds, ...props }: PickerProps & { kinds: LineageNodeKind[] }) {
  return (
    <Combobox
      {...props}
      load={(typed, signal) => searchNodes(kinds, typed, signal)}
      free={typedRef}
      placeholder={props.placeholder ?? 'Type a name'}
    />
  );
}

/** Chooses suspects: sources, dataset versions, training runs, and content tags (values that start with `tag:`). */
export function SuspectPicker(props: PickerProps) {
  const load = async (typed: string, signal: AbortSignal) => {
    const [nodes, tags] = await Promise.all([
      searchNodes(['SOURCE', 'DATASET_VERSION', 'TRAINING_RUN'], typed, signal),
      searchTags(typed, signal),
    ]);
    return [...nodes, ...tags];
  };
  return (
    <Combobox
      {...props}
      load={load}
      free={typedRef}
      placeholder={props.placeholder ?? 'Type a source, dataset version, training run or content tag'}
    />
  );
}

/** Chooses behaviours of the register. Values are their names. */
export function BehaviorPicker(props: PickerProps) {
  const load = async (typed: string, signal: AbortSignal) => {
    const answer = await ask(BEHAVIORS, { search: typed || null }, signal);
    if (answer.kind !== 'data') throw new Error(explain(answer));
    return answer.data.behaviors.nodes.map((one) => ({
      value: one.name,
      label: one.title,
      detail: one.description ?? one.name,
    }));
  };
  return <Combobox {...props} load={load} placeholder={props.placeholder ?? 'Type a behaviour'} />;
}
