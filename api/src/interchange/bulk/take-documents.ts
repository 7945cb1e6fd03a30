import { readDocumentLine } from '../../dataset/documents/document-line.ts';
import { mergeDocuments, type NumberedDocument } from '../../dataset/documents/merge-documents.ts';
import { ManyReferences } from '../../lineage/bulk/resolve-many.ts';
import { FieldProblem } from '../../platform/field-reading.ts';
import type { GlobalIds } from '../../platform/global-id.ts';
import type { RefusedLine } from './bulk-progress.ts';
import type { TakeLines } from './take-lines.ts';

/** Takes document handles, and where training saw the documents. */
export function takingDocuments(ids: GlobalIds): TakeLines {
  const references = new ManyReferences(ids);
  return async ({ db, change, importId, records }) => {
    const lines: NumberedDocument[] = [];
    const broken: RefusedLine[] = [];
    for (const { line, fields } of records) {
      try {
        lines.push({ line, ...readDocumentLine(fields) });
      } catch (error) {
        if (!(error instanceof FieldProblem)) throw error;
        broken.push({ line, reason: error.message });
      }
    }
    await references.refresh(db, change.by);
    const party = { teamId: change.teamId, actorId: change.by.actorId };
    const merged = await mergeDocuments(db, { viewer: change.by, party, importId }, references, lines);
    references.trim();
    return { ...merged, refused: [...broken, ...merged.refused], givenBack: null };
  };
}
