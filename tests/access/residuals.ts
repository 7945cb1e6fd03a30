// What may differ between the two worlds of a pair, and why. Nothing else may.

import { may, type Viewer } from '../../api/src/access/viewer.ts';

export interface Residual {
  why: string;
  /** Whether a pair of answers that differ differs by this alone. */
  explains(question: string, recorded: string, never: string, viewer: Viewer): boolean;
}

/** Put aside before answers are compared: they differ between any two runs, whatever is recorded. */
const CHANCE: readonly { why: string; of: RegExp; to: string }[] = [
  { why: 'A new token is random.', of: /hw_[A-Za-z0-9_-]+/g, to: 'hw_NEW' },
  { why: 'A ticket is sealed with a random nonce.', of: /"ticket_\d+":"[^"]*"/g, to: '"ticket":"NEW"' },
  {
    why: 'A reveal ends by the clock.',
    of: /"expiresAt_\d+":"2026-(0[6-9]|1)[^"]*"/g,
    to: '"expiresAt":"LATER"',
  },
];

export function withoutChance(answer: string): string {
  return CHANCE.reduce((text, { of, to }) => text.replace(of, to), answer);
}

const ASSERTED_ALREADY = 'Your team asserts this edge already.';

/** A token that may write and not read: it sees what is public, even of what its own person recorded. */
const readsNothing = (viewer: Viewer) => viewer.kind === 'principal' && !may(viewer, 'read').allowed;

export const RESIDUALS: readonly Residual[] = [
  {
    why: 'A token that may not read acts for its person all the same: it is told that they asserted an edge already (decision 15).',
    explains: (question, recorded, never, viewer) =>
      readsNothing(viewer) &&
      /^\d+\. (assertEdge|linkIncident)/.test(question) &&
      recorded.includes(ASSERTED_ALREADY) &&
      !never.includes(ASSERTED_ALREADY),
  },
  {
    why: 'A refused cycle tells that some path exists, though it names no hidden node of it (LINEAGE, Visibility).',
    explains: (question, recorded, never) =>
      /^\d+\. (assertEdge|register|record)/.test(question) &&
      recorded.includes('already depends on') &&
      // Where both are refused as cycles, the paths that they name are to be the same.
      !never.includes('already depends on'),
  },
];
