// Which samples are listed, as it stands in the address: so that a list can be shared, and gone back to.
import type { SampleListState } from '../../../navigation/paths.ts';

type Params = { get(name: string): string | null };

export const SORTS = ['LOG', 'SAMPLE_ID', 'ERRORS_FIRST'] as const;
export type Sort = (typeof SORTS)[number];

/** A scorer and one of its values, as one choice of a menu; JSON keeps what is null apart from what is empty. */
export const scoreChoice = (scorer: string, part: string | null, value: string | null): string =>
  JSON.stringify([scorer, part, value]);

const NO_VALUE = '(none)';

export function readFilters(params: Params): SampleListState {
  const text = (name: string) => params.get(name) || null;
  return {
    outcome: text('outcome'),
    behavior: text('behavior'),
    condition: text('condition'),
    scorer: text('scorer'),
    part: text('part'),
    value: text('value'),
    find: text('find'),
    errors: params.get('errors') === '1' ? '1' : null,
    sort: SORTS.find((sort) => sort === params.get('sort') && sort !== 'LOG') ?? null,
  };
}

export function withScore(state: SampleListState, choice: string): SampleListState {
  const [scorer, part, value] =
    choice === '' ? [null, null, null] : (JSON.parse(choice) as (string | null)[]);
  return { ...state, scorer, part, value: scorer === null ? null : (value ?? NO_VALUE) };
}

export function chosenScore(state: SampleListState): string {
  if (!state.scorer) return '';
  return scoreChoice(
    state.scorer,
    state.part ?? null,
    state.value === NO_VALUE ? null : (state.value ?? null),
  );
}

export const isFiltered = ({ sort: _, ...filters }: SampleListState): boolean =>
  Object.values(filters).some((value) => Boolean(value));

/** The arguments of the query. */
export function toArguments(state: SampleListState) {
  return {
    outcome: state.outcome ?? null,
    behavior: state.behavior ?? null,
    condition: state.condition ?? null,
    search: state.find ?? null,
    errorOnly: state.errors === '1',
    score: state.scorer
      ? {
          scorer: state.scorer,
          part: state.part ?? null,
          equals: state.value === NO_VALUE ? null : (state.value ?? null),
        }
      : null,
    orderBy: (state.sort ?? 'LOG') as Sort,
  };
}
