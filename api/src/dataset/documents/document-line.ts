// One line of a file of document handles.
import {
  countField,
  FieldProblem,
  type Fields,
  neededText,
  refuseUnknown,
  textField,
} from '../../platform/field-reading.ts';
import { DIGEST_FORM, type Digest, parseDigest } from './digest.ts';

export interface DocumentLine {
  /** The dataset version, as it was referred to. */
  dataset: string;
  document: string;
  /** Null where the line only says where a document was seen. */
  digest: Digest | null;
  /** The training run that saw it, as it was referred to, and at which step; null where the line says neither. */
  seen: { trainingRun: string; step: bigint } | null;
}

/** In characters: an id, and no place for a text. */
export const LONGEST_ID = 256;
const LONGEST_REF = 800;
const FIELDS = new Set(['dataset', 'document', 'digest', 'trainingRun', 'step']);

/** What a line says; FieldProblem where it says nothing that could be recorded. */
export function readDocumentLine(fields: Fields): DocumentLine {
  refuseUnknown(fields, FIELDS);
  const stated = textField(fields, 'digest');
  const digest = stated === null ? null : parseDigest(stated);
  if (stated !== null && digest === null) throw new FieldProblem(`digest is ${DIGEST_FORM}.`);
  const trainingRun = textField(fields, 'trainingRun', LONGEST_REF);
  const step = countField(fields, 'step');
  if ((trainingRun === null) !== (step === null))
    throw new FieldProblem('trainingRun and step are said together.');
  if (digest === null && trainingRun === null)
    throw new FieldProblem('A line has a digest, or a trainingRun and a step, or all three.');
  const document = neededText(fields, 'document', LONGEST_ID);
  return {
    dataset: neededText(fields, 'dataset', LONGEST_REF),
    document,
    digest,
    seen: trainingRun === null ? null : { trainingRun, step: step! },
  };
}
