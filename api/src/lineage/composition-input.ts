import type { CountClaim } from './graph.ts';
import type { AmountBasis, AmountUnit } from './kinds.ts';
import { convertWhole, SUM_TOLERANCE } from './weights.ts';

export interface DraftInput {
  /** What tells two inputs apart: the resolved node, or the reference as typed. */
  readonly of: bigint | string;
  readonly amount: number | null;
  /** Null: the unit of the composition. */
  readonly unit?: AmountUnit | null;
  readonly epochs: number | null;
  /** The input's claimed counts where known, so that amounts in other units can be checked too. */
  readonly counts?: readonly CountClaim[];
}

export interface DraftComposition {
  readonly unit: AmountUnit;
  readonly basis: AmountBasis;
  readonly total: number | null;
  readonly complete: boolean;
  readonly inputs: readonly DraftInput[];
}

export type CompositionProblemCode =
  | 'NOT_FINITE'
  | 'NEGATIVE'
  | 'NOT_POSITIVE'
  | 'ABOVE_ONE'
  | 'DUPLICATE'
  | 'UNIT_MISMATCH'
  | 'SUM_ABOVE_ONE'
  | 'TOTAL_BELOW_SUM';

export interface CompositionProblem {
  readonly code: CompositionProblemCode;
  /** Within the composition: `['inputs', 3, 'amount']`. */
  readonly path: readonly (string | number)[];
  readonly message: string;
  readonly expected: string;
}

/** Everything that is wrong with a composition that somebody wants to record; empty where it can be. */
export function compositionProblems(draft: DraftComposition): CompositionProblem[] {
  return [...inputProblems(draft), ...totalProblems(draft), ...sumProblems(draft)];
}

function number(value: number): string {
  return Number.isFinite(value) ? String(Number(value.toPrecision(12))) : String(value);
}

function problem(
  code: CompositionProblemCode,
  path: CompositionProblem['path'],
  said: string,
  expected: string,
): CompositionProblem {
  return { code, path, message: `${said}; expected ${expected}.`, expected };
}

function inputProblems(draft: DraftComposition): CompositionProblem[] {
  const problems: CompositionProblem[] = [];
  const first = new Map<bigint | string, number>();
  draft.inputs.forEach((input, i) => {
    const path = (field: string) => ['inputs', i, field];
    const before = first.get(input.of);
    if (before === undefined) first.set(input.of, i);
    else {
      const said = `Input ${i + 1} names the same thing as input ${before + 1}`;
      problems.push(problem('DUPLICATE', path('of'), said, 'each input once, with its amounts added up'));
    }
    const unit = input.unit ?? draft.unit;
    if (input.amount !== null) {
      const said = `Amount ${number(input.amount)}`;
      if (!Number.isFinite(input.amount)) {
        problems.push(problem('NOT_FINITE', path('amount'), said, 'a finite number'));
      } else if (input.amount < 0) {
        problems.push(problem('NEGATIVE', path('amount'), said, 'zero or more'));
      } else if (unit === 'FRACTION' && input.amount > 1 + SUM_TOLERANCE) {
        problems.push(problem('ABOVE_ONE', path('amount'), said, 'a fraction of at most 1'));
      }
    }
    if ((unit === 'FRACTION') !== (draft.unit === 'FRACTION')) {
      const said = `An amount in ${unit} inside a composition in ${draft.unit}`;
      const expected =
        draft.unit === 'FRACTION' ? 'a FRACTION of the whole' : `a count, in ${draft.unit} if possible`;
      problems.push(problem('UNIT_MISMATCH', path('unit'), said, expected));
    }
    if (input.epochs !== null && !(input.epochs > 0 && Number.isFinite(input.epochs))) {
      const said = `Epochs ${number(input.epochs)}`;
      problems.push(problem('NOT_POSITIVE', path('epochs'), said, 'a finite number above zero, or none'));
    }
  });
  return problems;
}

function totalProblems({ total, unit }: DraftComposition): CompositionProblem[] {
  if (total === null) return [];
  const said = `Total ${number(total)}`;
  if (!Number.isFinite(total)) return [problem('NOT_FINITE', ['total'], said, 'a finite number, or none')];
  if (total <= 0) return [problem('NOT_POSITIVE', ['total'], said, 'a number above zero, or none')];
  if (unit === 'FRACTION' && total !== 1) {
    return [problem('UNIT_MISMATCH', ['total'], `${said} of fractions`, '1, or none')];
  }
  return [];
}

/** The sum over what can be added: amounts in the composition's unit, or converted to it. */
function sumProblems(draft: DraftComposition): CompositionProblem[] {
  let sum = 0;
  for (const { amount, unit, counts } of draft.inputs) {
    if (amount === null || !Number.isFinite(amount) || amount < 0) continue;
    sum += convertWhole(amount, unit ?? draft.unit, draft.unit, counts ?? []) ?? 0;
  }
  const slack = 1 + SUM_TOLERANCE + Number.EPSILON * draft.inputs.length;
  if (draft.unit === 'FRACTION') {
    if (sum <= slack) return [];
    const expected = `at most 1, or up to ${1 + SUM_TOLERANCE} where published figures are rounded`;
    return [problem('SUM_ABOVE_ONE', ['inputs'], `The fractions add up to ${number(sum)}`, expected)];
  }
  const { total } = draft;
  if (total === null || !(total > 0) || !Number.isFinite(total) || sum <= total * slack) return [];
  const said = `Total ${number(total)} is less than the ${number(sum)} that the inputs add up to`;
  return [problem('TOTAL_BELOW_SUM', ['total'], said, `at least ${number(sum)}`)];
}
