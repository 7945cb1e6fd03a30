import { inChange } from '../access/change.ts';
import { once } from '../access/idempotency.ts';
import type { Context } from '../context.ts';
import { InputRefusal } from '../platform/refusal.ts';
import { takeBackUnrecorded } from '../platform/sealed-objects.ts';
import type { Stored } from '../platform/vault.ts';
import { holdIncident } from './held-incident.ts';
import { checkWords, type EvidenceWords, recordEvidence } from './record-evidence.ts';

export interface UploadedFile extends EvidenceWords {
  incident: string;
  idempotencyKey?: string | null;
}

/**
 * Records a file that lies in the vault already as evidence of an incident. Where that is refused, or an earlier
 * request under the same idempotency key had recorded it, what lies there is taken back.
 */
export async function uploadEvidence(
  context: Context,
  file: UploadedFile,
  stored: Stored,
): Promise<{ evidenceId: bigint }> {
  return inChange(context, 'write:incidents', async (change) => {
    const record = async () => {
      const { node } = await holdIncident(change, file.incident);
      checkWords(file);
      if (stored.bytes === 0) throw new InputRefusal(['body'], 'The file is empty.', 'the evidence itself');
      return { evidenceId: await recordEvidence(change, node, file, stored, ['body']) };
    };
    const { idempotencyKey, ...said } = file;
    if (idempotencyKey == null) return record();
    return once(change, 'POST /evidence', idempotencyKey, { ...said, digest: stored.digest }, record);
  }).finally(() => takeBackUnrecorded(context, stored));
}
