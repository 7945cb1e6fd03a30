import { type IncidentListState, paths } from '../../../navigation/paths.ts';
import { SETTINGS, SEVERITIES, STATUSES } from '../words.ts';

/** What the list's address says, read with care: unknown values are dropped, never sent on. */

export type SearchParams = Record<string, string | string[] | undefined>;

const PAGE_SIZE = 50;

export const SORTS = {
  occurred: 'OCCURRED_AT',
  recorded: 'RECORDED_AT',
  updated: 'UPDATED_AT',
  severity: 'SEVERITY',
  key: 'KEY',
  title: 'TITLE',
} as const;
export type SortName = keyof typeof SORTS;

const many = (value: string | string[] | undefined): string[] =>
  value === undefined ? [] : (Array.isArray(value) ? value : [value]).filter((one) => one !== '');
const one = (value: string | string[] | undefined): string | null => many(value)[0] ?? null;

function known<Value extends string>(values: readonly string[], allowed: readonly Value[]): Value[] {
  return allowed.filter((value) => values.includes(value));
}

export const isSort = (value: string | null): value is SortName =>
  value !== null && Object.hasOwn(SORTS, value);

export function readListState(params: SearchParams) {
  const sort = one(params.sort);
  return {
    search: one(params.search),
    status: known(many(params.status), STATUSES),
    severity: known(many(params.severity), SEVERITIES),
    setting: known(many(params.setting), SETTINGS),
    behavior: many(params.behavior),
    model: many(params.model),
    mine: one(params.mine) === '1' ? '1' : null,
    sort: isSort(sort) ? sort : null,
    dir: one(params.dir) === 'asc' ? 'asc' : null,
    after: one(params.after),
    before: one(params.before),
    peek: one(params.peek),
  } satisfies IncidentListState;
}

export type ListState = ReturnType<typeof readListState>;

const orNull = <Value>(values: Value[]): Value[] | null => (values.length ? values : null);

/** The state as variables of the list's query. */
export function listVariables(state: ListState) {
  return {
    search: state.search,
    filter: {
      status: orNull(state.status),
      severity: orNull(state.severity),
      setting: orNull(state.setting),
      behavior: orNull(state.behavior),
      model: orNull(state.model),
      filedByMe: state.mine ? true : null,
    },
    orderBy: {
      field: SORTS[state.sort ?? 'recorded'],
      direction: state.dir === 'asc' ? ('ASC' as const) : ('DESC' as const),
    },
    first: state.before ? null : PAGE_SIZE,
    after: state.before ? null : state.after,
    last: state.before ? PAGE_SIZE : null,
    before: state.before,
  };
}

export const isFiltered = (state: ListState): boolean =>
  Boolean(state.search || state.mine) ||
  [state.status, state.severity, state.setting, state.behavior, state.model].some(
    (values) => values.length > 0,
  );

/** The address after a change. Anything but the peek starts again at the first page. */
export function changed(state: ListState, change: Partial<IncidentListState>): string {
  const keepsPage = Object.keys(change).every(
    (name) => name === 'peek' || name === 'after' || name === 'before',
  );
  return paths.incidents({ ...state, ...(keepsPage ? {} : { after: null, before: null }), ...change });
}
