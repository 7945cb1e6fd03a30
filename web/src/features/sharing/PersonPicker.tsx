'use client';

import { ask, explain } from '@/graphql/browser.ts';
import type { SharingFactsFragment } from '@/graphql/generated/graphql.ts';
import { graphql } from '@/graphql/generated/index.ts';
import { Combobox, type Option } from '@/ui/Combobox.tsx';

const PEOPLE = graphql(`
  query PickPeople($search: String!) { people(search: $search, first: 20) { id name kind } }
`);

type Person = SharingFactsFragment['people'][number];

export const personOption = (person: Person): Option => ({
  value: person.id,
  label: person.name,
  detail: person.kind === 'SERVICE' ? 'Service' : 'Person',
});

async function findPeople(typed: string, signal: AbortSignal): Promise<Option[]> {
  const answer = await ask(PEOPLE, { search: typed }, signal);
  if (answer.kind !== 'data') throw new Error(explain(answer));
  return answer.data.people.map(personOption);
}

/** Chooses people and services by typing their names. Values are their ids. */
export function PersonPicker(props: { chosen: readonly Option[]; onChange: (chosen: Option[]) => void }) {
  return <Combobox {...props} takesNames={false} load={findPeople} placeholder="Type a name" />;
}
