import { createCipheriv, createDecipheriv } from 'node:crypto';

/**
 * Opaque global ids. A block holds the type's number and the row's bigint, encrypted with a key of the
 * installation, so that an id tells neither how many rows there are nor in which order they came.
 * One AES block without an IV is right here: the same row must always have the same id.
 */
export const GLOBAL_TYPES = [
  'Actor',
  'Team',
  'Citation',
  'Claim',
  'Event',
  'LineageEdge',
  'Composition',
  'Dispute',
  'Source',
  'Dataset',
  'DatasetVersion',
  'Transformation',
  'ContentTag',
  'ContentMeasurement',
  'Model',
  'ModelVersion',
  'TrainingRun',
  'Behavior',
  'Evaluation',
  'EvaluationVersion',
  'Condition',
  'Grader',
  'GraderVersion',
  'Standard',
  'StandardVersion',
  'EvalRun',
  'EvalSample',
  'Measurement',
  'Score',
  'ReportedResult',
  'Incident',
  'Suspect',
  'Evidence',
  'Report',
  'Hypothesis',
  'EvidenceItem',
  'Assessment',
  'Intervention',
  'Import',
  'ApiToken',
  'RelatedIncident',
  'Alias',
  'EvidenceReveal',
  'ActiveSession',
  'Invitation',
  'ImportReveal',
  'ImportReading',
  'ScoringRule',
  'ScoringRuleVersion',
  'ModelAlias',
  'RegressionRule',
  'RegressionOutcome',
  'Watch',
  'Notification',
] as const; // The order is the number of the type: append, never reorder.
export type GlobalType = (typeof GLOBAL_TYPES)[number];

export interface GlobalIds {
  encode(type: GlobalType, id: bigint): string;
  /** The same of many rows, in one pass of the cipher; ids are whole numbers below 2^53. */
  encodeAll(types: readonly GlobalType[], ids: ArrayLike<number>): string[];
  /** Null where `text` is no id of this installation. */
  decode(text: string): { type: GlobalType; id: bigint } | null;
}

const NUMBERS: ReadonlyMap<string, number> = new Map(GLOBAL_TYPES.map((type, i) => [type, i + 1]));

/** `key` is 16 random bytes kept with the installation. */
export function globalIds(key: Uint8Array): GlobalIds {
  // One block does not depend on the one before, so one cipher serves all; making it takes longer than using it.
  const cipher = createCipheriv('aes-128-ecb', key, null).setAutoPadding(false);
  const decipher = createDecipheriv('aes-128-ecb', key, null).setAutoPadding(false);
  const plain = Buffer.alloc(16);
  return {
    encode(type, id) {
      plain.writeUInt16BE(NUMBERS.get(type)!, 0);
      plain.writeBigInt64BE(id, 8);
      return cipher.update(plain).toString('base64url');
    },
    encodeAll(types, ids) {
      const blocks = Buffer.alloc(16 * types.length);
      for (let i = 0, at = 0; i < types.length; i++, at += 16) {
        const id = ids[i]!;
        blocks.writeUInt16BE(NUMBERS.get(types[i]!)!, at);
        blocks.writeUInt32BE(Math.floor(id / 2 ** 32), at + 8);
        blocks.writeUInt32BE(id % 2 ** 32, at + 12);
      }
      const sealed = cipher.update(blocks);
      return types.map((_, i) => sealed.toString('base64url', 16 * i, 16 * i + 16));
    },
    decode(text) {
      if (!/^[A-Za-z0-9_-]{22}$/.test(text)) return null;
      const block = decipher.update(Buffer.from(text, 'base64url'));
      const type = GLOBAL_TYPES[block.readUInt16BE(0) - 1];
      if (type === undefined || !block.subarray(2, 8).every((byte) => byte === 0)) return null;
      const id = block.readBigInt64BE(8);
      return id > 0n ? { type, id } : null;
    },
  };
}
