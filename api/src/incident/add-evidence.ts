import type { Change } from '../access/change.ts';
import { InputRefusal } from '../platform/refusal.ts';
import { holdIncident } from './held-incident.ts';
import { checkWords, type EvidenceWords, recordEvidence } from './record-evidence.ts';

export interface AddEvidenceInput extends EvidenceWords {
  incident: string;
  text: string;
}

/** Adds a text to an incident as evidence: its bytes in UTF-8, sealed. */
export async function addEvidence(change: Change, input: AddEvidenceInput): Promise<{ evidenceId: bigint }> {
  const { node } = await holdIncident(change, input.incident);
  checkWords(input);
  if (input.text === '') throw new InputRefusal(['text'], 'The text is empty.', 'the evidence itself');
  const { vault } = change.context;
  const stored = await vault.put(oneChunk(Buffer.from(input.text, 'utf8')));
  try {
    return { evidenceId: await recordEvidence(change, node, input, stored, ['text']) };
  } catch (error) {
    await vault.remove(stored.name);
    throw error;
  }
}

async function* oneChunk(bytes: Buffer): AsyncGenerator<Buffer> {
  yield bytes;
}
