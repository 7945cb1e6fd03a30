// What may differ between the two worlds of a pair, and why. Nothing else may.

export interface Residual {
  why: string;
  /** Whether a pair of answers that differ differs by this alone. */
  explains(question: string, recorded: string, never: string): boolean;
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

export const RESIDUALS: readonly Residual[] = [
  {
    why: 'A refused cycle tells that some path exists, though it names no hidden node of it (LINEAGE, Visibility).',
    explains: (question, recorded) =>
      /^\d+\. (assertEdge|register|record)/.test(question) && recorded.includes('already depends on'),
  },
];
