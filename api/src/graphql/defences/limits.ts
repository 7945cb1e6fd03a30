// What one request may ask for at most; each is far above what the web sends.

/** What a request's body may hold, found by reading its bytes once, before it is parsed as JSON. */
export const BODY = {
  /** The anonymous only read and sign in: what they send is small. */
  bytes: { anonymous: 256 * 1024, withToken: 2 * 1024 * 1024 },
  depth: 44,
  values: 55_000,
} as const;
/** Time that a body may take to arrive. */
export const BODY_MS = 15_000;

/** What a document's text may hold, found by reading its tokens once, before anything is parsed. */
export const DOCUMENT = {
  characters: 100_000,
  tokens: 5_000,
  /** Brackets of any kind within each other. */
  nesting: 40,
  operations: 10,
  fragments: 100,
  spreads: 200,
  aliases: 60,
  directives: 50,
  /** Uses of variables, their definitions among them. */
  variables: 300,
  /** Fields directly under the operation. */
  rootFields: 20,
  /** One response name in one selection set. */
  sameName: 10,
  /** Pairs of fields with one response name, anywhere: graphql-js may have to compare each of them. */
  pairs: 20_000,
  /** Characters of one name. */
  name: 100,
} as const;

/** What the variables may hold, found by walking them once. */
export const VARIABLES = { depth: 40, values: 50_000, list: 5_000 } as const;

/** Items of a list argument written into the document. */
export const LIST_ITEMS = 5_000;

/** Fields within fields, fragments spread out. */
export const DEPTH = 20;
/** Fields and spreads, fragments spread out. */
export const SELECTIONS = 5_000;

/** Errors that validation tells of before it stops. */
export const VALIDATION_ERRORS = 10;

/** Rows that one operation may ask for at most, by the weights of cost-weights.ts. */
export const COST_LIMIT = { anonymous: 50_000, signedIn: 500_000 } as const;

/** Characters that the texts of one answer may have together: all of it is held in memory until it is sent. */
export const ANSWER_CHARACTERS = 32 * 1024 * 1024;
/** Time that an operation may read for. */
export const OPERATION_MS = 60_000;

/** What one principal, or one address of the anonymous, may ask for a minute, in rows. */
export const BUDGET = { anonymous: 2_000_000, signedIn: 10_000_000, windowSeconds: 60 } as const;

/** Charged for every request, so that those refused later are not free. */
export const REQUEST_COST = 50;

/** What a file of evidence takes from the budget of whoever sends or reads it, in rows. */
export const FILE_COST = 1_000;
/** What one import takes from the sender's budget: as many rows as a log of many samples. */
export const IMPORT_COST = 10_000;
