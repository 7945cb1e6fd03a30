import { useState } from 'react';
import { useWrite } from '@/features/incident/actions/use-write.ts';
import { ADD_EVIDENCE } from '@/features/incident/evidence/add-evidence-document.ts';
import { ask, explain } from '@/graphql/browser.ts';
import { graphql } from '@/graphql/generated/index.ts';
import { readPieces } from './read-pieces.ts';
import { sampleEvidence } from './sample-evidence.ts';
import { readPiece } from './use-transcript.ts';

const CARRIED = graphql(`
  query CarriedSample($id: ID!) {
    node(id: $id) { __typename id ... on EvalSample { sampleId epoch target scores error } }
  }
`);

/** A sample by its id, and the eval run that it is of: the source that its evidence names, where it is known. */
interface Carried {
  value: string;
  run: string | null;
}

/** Adds eval samples to an incident as evidence, one after another; answers how many could not be added. */
export function useCarrySamples() {
  const { write } = useWrite(ADD_EVIDENCE, 'addEvidence');
  const [done, setDone] = useState<number | null>(null);
  const carry = async (incident: string, samples: readonly Carried[]): Promise<number> => {
    let failed = 0;
    for (const [nth, sample] of samples.entries()) {
      setDone(nth);
      const carried = await carryOne(sample).catch(() => false);
      if (!carried) failed += 1;
    }
    setDone(null);
    return failed;

    async function carryOne({ value: id, run }: Carried): Promise<boolean> {
      const answer = await ask(CARRIED, { id });
      if (answer.kind !== 'data') throw new Error(explain(answer));
      const { node } = answer.data;
      if (node?.__typename !== 'EvalSample') return false;
      const { transcript, messages } = await readPieces((from) => readPiece(id, null, from));
      return (await write(sampleEvidence(incident, { ...node, run, transcript, messages }))) !== null;
    }
  };
  return { carry, done };
}
