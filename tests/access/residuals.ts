// What may differ between the two worlds of a pair, and why. Nothing else may.

import { isDeepStrictEqual } from 'node:util';
import { may, type Viewer } from '../../api/src/access/viewer.ts';

export interface Residual {
  why: string;
  /** Whether a pair of answers that differ differs by this alone. */
  explains(question: string, recorded: string, never: string, viewer: Viewer): boolean;
  /** Global ids that such an answer may name: of what is seen, where that alone was recorded, too. */
  names?(recorded: string): string[];
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

const CYCLE = 'This would make a thing depend on itself: what it names as upstream depends on it already.';

/** All that may be told of what stands above a thing unseen: the same, whoever sees it and whoever is to see the thing. */
const NOT_THEIRS: readonly Record<string, unknown>[] = [
  {
    message_0: 'It tells of something that is not yours to share, so it is not yours to open.',
    path_0: ['visibility'],
    expected_0: 'what it is, or narrower',
  },
  {
    message_0: 'It tells of something that is not yours to share, so you can name nobody on it.',
    path_0: ['people'],
    expected_0: 'nobody',
  },
];

function saysNotTheirs(answer: string): boolean {
  const [told] = Object.values(JSON.parse(answer)) as Record<string, unknown>[];
  return NOT_THEIRS.some((all) => isDeepStrictEqual(told, { __typename: 'InputError', ...all }));
}

/** All that may be told of a name that is held by something hidden, in the words of each kind of thing, NAME put aside. */
const TAKEN: readonly RegExp[] = [
  /^The name "[^"]+" is taken in your team's namespace\.$/,
  /^\S+ is recorded already\.$/,
  /^\S+ names something already\.$/,
  /^\S+ \S+ is registered already(?:; what judges otherwise is a new version)?\.$/,
  /^\S+ \S+ is published already; a changed text is a new version\.$/,
  /^The name .+ is taken by something that you may not see, or that was retracted\.$/,
];

/** Whether an answer is the refusal of a name, with nothing of what holds it. */
function saysTaken(answer: string): boolean {
  const [told] = Object.values(JSON.parse(answer)) as Record<string, unknown>[];
  const { __typename, message_0, path_0, ...rest } = told ?? {};
  return (
    __typename === 'ConflictError' &&
    Array.isArray(path_0) &&
    TAKEN.some((words) => words.test(String(message_0))) &&
    Object.values(rest).every((value) => value === null)
  );
}

/** The ids of all that an answer holds, at any depth. */
function idsIn(answer: string): string[] {
  const found: string[] = [];
  JSON.parse(answer, (key, value) => {
    if (/^id_\d+$/.test(key)) found.push(String(value));
    return value;
  });
  return found;
}

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
    why: 'That a name is taken may be known within its team, and nothing else of what holds it (LINEAGE, Visibility).',
    explains: (_question, recorded, never) => saysTaken(recorded) && !saysTaken(never),
  },
  {
    why: 'A refused cycle tells that some path exists, though it names no hidden node of it (LINEAGE, Visibility).',
    explains: (question, recorded, never) =>
      /^\d+\. (assertEdge|register|record)/.test(question) &&
      recorded.includes(CYCLE) &&
      // Where both are refused as cycles, the paths that they name are to be the same.
      !never.includes(CYCLE),
    names: idsIn,
  },
  {
    why: 'Where a thing of theirs tells of what they do not see, they are told so when they would open it, and nothing of who sees that (decision 63).',
    explains: (question, recorded, never) =>
      /^\d+\. shareWith/.test(question) && saysNotTheirs(recorded) && !saysNotTheirs(never),
  },
];
