/** What the address of a list says: what is searched for, and which page. */
export type CatalogueState = { search: string | null; after: string | null; before: string | null };

export type SearchParams = Record<string, string | string[] | undefined>;

export const PAGE_SIZE = 50;

/** One value of the address; of several the first, of an empty one null. */
export function one(value: string | string[] | undefined): string | null {
  const first = Array.isArray(value) ? value[0] : value;
  return first?.trim() || null;
}

export function readCatalogueState(params: SearchParams): CatalogueState {
  return { search: one(params.search), after: one(params.after), before: one(params.before) };
}

type PageVariables = {
  search: string | null;
  first: number | null;
  after: string | null;
  last: number | null;
  before: string | null;
};

/** Variables of a connection: a page forwards, or backwards where the address says `before`. */
export function pageVariables(state: CatalogueState): PageVariables {
  const page = state.before
    ? { first: null, after: null, last: PAGE_SIZE, before: state.before }
    : { first: PAGE_SIZE, after: state.after, last: null, before: null };
  return { search: state.search, ...page };
}
