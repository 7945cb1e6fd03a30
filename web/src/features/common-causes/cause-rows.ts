import { type Cause, nameOf, refOfCause, STATE_WORDS } from './cause-words.ts';

const KINDS = (cause: Cause): string =>
  cause.source ? 'source' : cause.contentTag ? 'content tag' : 'written by a model';

/** Common causes as a file: one a row; what is not known or not tested stays empty. */
export const causeRows = (causes: readonly Cause[]): (string | number | null)[][] => [
  [
    'exposed to',
    'kind',
    'reference',
    'of the incidents exposed',
    'of the incidents known',
    'of the incidents unknown',
    'of the others exposed',
    'of the others known',
    'of the others unknown',
    'lift',
    'p',
    'corrected p',
    'which is',
  ],
  ...causes.map((cause) => [
    nameOf(cause),
    KINDS(cause),
    refOfCause(cause),
    cause.modelVersions.exposed,
    cause.modelVersions.of,
    cause.modelVersions.unknown,
    cause.others.exposed,
    cause.others.of,
    cause.others.unknown,
    cause.lift,
    cause.pValue,
    cause.correctedPValue,
    STATE_WORDS[cause.state],
  ]),
];
