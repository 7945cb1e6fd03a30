import { useState } from 'react';
import { useWrite } from '@/features/incident/actions/use-write.ts';
import { ADD_EVIDENCE } from '@/features/incident/evidence/add-evidence-document.ts';
import { ask, explain } from '@/graphql/browser.ts';
import { graphql } from '@/graphql/generated/index.ts';
import { sampleEvidence } from './sample-evidence.ts';
import { readPiece } from './use-transcript.ts';

const CARRIED = graphql(`
  query CarriedSample($id: ID!) {
    node(id: $id) { __typename id ... on EvalSample { sampleId epoch target scores error } }
  }
`);

/** Adds eval samples to an incident as evidence, one after another; answers how many could not be added. */
export function useCarrySamples() {
  const { write } = useWrite(ADD_EVIDENCE, 'addEvidence');
  const [done, setDone] = useState<number | null>(null);
  const carry = async (incident: string, run: string, ids: readonly string[]): Promise<number> => {
    let failed = 0;
    for (const [nth, id] of ids.entries()) {
      setDone(nth);
      const carried = await carryOne(id).catch(() => false);
      if (!carried) failed += 1;
    }
    setDone(null);
    return failed;

    async function carryOne(id: string): Promise<boolean> {
      const answer = await ask(CARRIED, { id });
      if (answer.kind !== 'data') throw new Error(explain(answer));
      const { node } = answer.data;
      if (node?.__typename !== 'EvalSample') return false;
      const transcript = await readPiece(id, null, 0);
      const { messages } = transcript;
      return (await write(sampleEvidence(incident, { ...node, run, transcript, messages }))) !== null;
    }
  };
  return { carry, done };
}
