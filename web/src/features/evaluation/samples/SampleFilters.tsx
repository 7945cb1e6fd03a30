import type { EvalRunPageQuery } from '@/graphql/generated/graphql.ts';
import type { SampleListState } from '@/navigation/paths.ts';
import { Button } from '@/ui/Button.tsx';
import { Field, Input, Select } from '@/ui/Field.tsx';
import { LONGEST_SEARCH } from '@/ui/longest-search.ts';
import { words } from '@/ui/numbers.ts';
import { chosenScore, isFiltered, SORTS, type Sort, scoreChoice, withScore } from './sample-filters.ts';

type Run = Extract<NonNullable<EvalRunPageQuery['lineageNode']>, { __typename: 'EvalRun' }>;

const SORT_WORDS: Record<Sort, string> = {
  LOG: 'Order of the log',
  SAMPLE_ID: 'By name',
  ERRORS_FIRST: 'Errors first',
};

const withChosen = (values: readonly string[], chosen: string | null | undefined): string[] =>
  chosen && !values.includes(chosen) ? [...values, chosen] : [...values];

/** What the samples can be chosen by; every choice goes into the address at once. */
export function SampleFilters(props: {
  outcomes: Run['sampleOutcomes'];
  conditions: Run['sampleConditions'];
  scores: Run['sampleScores'];
  state: SampleListState;
  onChange: (state: SampleListState) => void;
}) {
  const { outcomes, conditions, scores, state, onChange } = props;
  const behaviors = [...new Set(outcomes.map((one) => one.behavior))];
  // What the address asks for is shown as chosen, also where no sample has it.
  const kinds = withChosen([...new Set(outcomes.map((one) => one.outcome))].sort(), state.outcome);
  const under = withChosen(
    conditions.map((one) => one.condition),
    state.condition,
  );
  const samplesUnder = (name: string) => conditions.find((one) => one.condition === name)?.count ?? 0;
  const count = (outcome: string) =>
    outcomes
      .filter((one) => one.outcome === outcome && (!state.behavior || one.behavior === state.behavior))
      .reduce((sum, one) => sum + one.count, 0);
  return (
    <form
      className="flex flex-wrap items-end gap-3"
      onSubmit={(event) => {
        event.preventDefault();
        const find = new FormData(event.currentTarget).get('find');
        onChange({ ...state, find: String(find ?? '').trim() || null });
      }}
    >
      {behaviors.length > 1 ? (
        <Field label="Behaviour">
          <Select
            value={state.behavior ?? ''}
            onChange={(event) => onChange({ ...state, behavior: event.target.value || null })}
          >
            <option value="">Any</option>
            {behaviors.map((name) => (
              <option key={name} value={name}>
                {name}
              </option>
            ))}
          </Select>
        </Field>
      ) : null}
      {kinds.length > 0 ? (
        <Field label="Outcome">
          <Select
            value={state.outcome ?? ''}
            onChange={(event) => onChange({ ...state, outcome: event.target.value || null })}
          >
            <option value="">Any</option>
            {kinds.map((outcome) => (
              <option key={outcome} value={outcome}>
                {`${words(outcome)} (${count(outcome)})`}
              </option>
            ))}
          </Select>
        </Field>
      ) : null}
      {under.length > 0 ? (
        <Field label="Condition">
          <Select
            value={state.condition ?? ''}
            onChange={(event) => onChange({ ...state, condition: event.target.value || null })}
            className="max-w-72"
          >
            <option value="">Any</option>
            {under.map((name) => (
              <option key={name} value={name}>
                {`${name} (${samplesUnder(name)})`}
              </option>
            ))}
          </Select>
        </Field>
      ) : null}
      {scores.length > 0 ? (
        <Field label="Score">
          <Select
            value={chosenScore(state)}
            onChange={(event) => onChange(withScore(state, event.target.value))}
            className="max-w-72"
          >
            <option value="">Any</option>
            {scores.map((one) => {
              const choice = scoreChoice(one.scorer, one.part ?? null, one.value ?? null);
              return (
                <option key={choice} value={choice}>
                  {`${one.scorer}${one.part ? ` · ${one.part}` : ''} = ${one.value ?? 'unscored'} (${one.count})`}
                </option>
              );
            })}
          </Select>
        </Field>
      ) : null}
      <Field label="Order">
        <Select
          value={state.sort ?? 'LOG'}
          onChange={(event) =>
            onChange({ ...state, sort: event.target.value === 'LOG' ? null : event.target.value })
          }
        >
          {SORTS.map((sort) => (
            <option key={sort} value={sort}>
              {SORT_WORDS[sort]}
            </option>
          ))}
        </Select>
      </Field>
      <Field label="Name, target or error holds">
        <Input
          key={state.find ?? ''}
          name="find"
          maxLength={LONGEST_SEARCH}
          defaultValue={state.find ?? ''}
          className="w-52"
        />
      </Field>
      <label className="flex h-9 items-center gap-2 text-sm">
        <input
          type="checkbox"
          className="size-4 accent-accent"
          checked={state.errors === '1'}
          onChange={(event) => onChange({ ...state, errors: event.target.checked ? '1' : null })}
        />
        Errors only
      </label>
      <Button type="submit" className="h-9">
        Find
      </Button>
      {isFiltered(state) ? (
        <Button look="quiet" className="h-9" onClick={() => onChange({ sort: state.sort ?? null })}>
          Clear
        </Button>
      ) : null}
    </form>
  );
}
