import type { Change } from '../access/change.ts';
import type { Context } from '../context.ts';
import { InputRefusal } from '../platform/refusal.ts';
import type { Stored } from '../platform/vault.ts';
import { holdIncident } from './held-incident.ts';
import { checkWords, type EvidenceWords, recordEvidence } from './record-evidence.ts';

export interface AddEvidenceInput extends EvidenceWords {
  incident: string;
  text: string;
}

/**
 * Seals the bytes of a text in UTF-8, before the change that records them: a store that does not answer would keep the
 * incident and a turn from everybody else.
 */
export async function putText({ vault }: Context, input: AddEvidenceInput): Promise<Stored> {
  checkWords(input);
  if (input.text === '') throw new InputRefusal(['text'], 'The text is empty.', 'the evidence itself');
  return vault.put(oneChunk(Buffer.from(input.text, 'utf8')));
}

/** Adds a text to an incident as evidence. */
export async function addEvidence(
  change: Change,
  input: AddEvidenceInput,
  stored: Stored,
): Promise<{ evidenceId: bigint }> {
  const { node } = await holdIncident(change, input.incident);
  return { evidenceId: await recordEvidence(change, node, input, stored, ['text']) };
}

async function* oneChunk(bytes: Buffer): AsyncGenerator<Buffer> {
  yield bytes;
}
