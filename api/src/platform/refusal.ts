// Expected failures. A use case throws one, the transaction rolls back, and GraphQL answers with the union's member.

/** Where in the input a refusal points: field names and list indexes, outermost first. */
export type InputPath = readonly (string | number)[];

export abstract class Refusal extends Error {
  readonly path: InputPath;
  constructor(message: string, path: InputPath = []) {
    super(message);
    this.path = path;
  }
}

/** The input is wrong in itself; `expected` says what would have been right. */
export class InputRefusal extends Refusal {
  readonly expected: string | null;
  constructor(path: InputPath, message: string, expected: string | null = null) {
    super(message, path);
    this.expected = expected;
  }
}

/** A reference leads to nothing that the viewer may see; `candidates` are visible things of a like name. */
export class NotFoundRefusal extends Refusal {
  readonly ref: string | null;
  readonly candidates: readonly string[];
  constructor(
    path: InputPath,
    message: string,
    ref: string | null = null,
    candidates: readonly string[] = [],
  ) {
    super(message, path);
    this.ref = ref;
    this.candidates = candidates;
  }
}

/** The record as it stands contradicts the request: a taken name, a cycle, a stale edit. */
export class ConflictRefusal extends Refusal {
  readonly existing: { type: string; id: bigint } | null;
  readonly lineagePath: readonly bigint[] | null;
  /** The same refusal with what could not be read in a transaction that failed, for once that is undone. */
  readonly inFull: (() => Promise<ConflictRefusal>) | null;
  constructor(
    path: InputPath,
    message: string,
    more: Partial<Pick<ConflictRefusal, 'existing' | 'lineagePath' | 'inFull'>> = {},
  ) {
    super(message, path);
    this.existing = more.existing ?? null;
    this.lineagePath = more.lineagePath ?? null;
    this.inFull = more.inFull ?? null;
  }
}

/** Others were changing too much, or the same things, for the moment: the same again may well succeed. */
export class BusyRefusal extends ConflictRefusal {}

/** What was to be changed at once takes longer than one change may. */
export class TooLongRefusal extends ConflictRefusal {}

/** A change of status that the table of transitions does not hold. */
export class TransitionRefusal extends Refusal {
  readonly from: string;
  readonly allowed: readonly string[];
  constructor(path: InputPath, message: string, from: string, allowed: readonly string[]) {
    super(message, path);
    this.from = from;
    this.allowed = allowed;
  }
}

export type AccessCode = 'UNAUTHENTICATED' | 'FORBIDDEN' | 'RATE_LIMITED';

/** Not a member of any result union: GraphQL answers with an error whose `extensions.code` is `code`. */
export class AccessRefusal extends Error {
  readonly code: AccessCode;
  readonly retryAfterSeconds: number | null;
  constructor(code: AccessCode, message: string, retryAfterSeconds: number | null = null) {
    super(message);
    this.code = code;
    this.retryAfterSeconds = retryAfterSeconds;
  }
}
