// What a rule says of a scorer's values: bounded data, never code.
import { type InputPath, InputRefusal } from '../../platform/refusal.ts';

export type Scalar = string | number | boolean | null;

/** A test of one value. Members of `oneOf` are compared with their type; bounds apply to numbers alone. */
export type ValueTest =
  | { oneOf: readonly Scalar[] }
  | { atLeast: number }
  | { above: number }
  | { atMost: number }
  | { below: number };

export interface ScoringDefinition {
  /** The behaviour's name, or a table of names by the value of a task argument. */
  behavior: string | { byTaskArg: string; names: Readonly<Record<string, string>>; byDefault?: string };
  /** The scorer's name, without its package. */
  scorer: string;
  /** Which part, where the scorer gives several values. */
  part?: string;
  exhibited: ValueTest;
  notExhibited: ValueTest;
  /** Values that are known to say nothing; what no test names is unscored too, and told. */
  unscored?: ValueTest;
  excluded?: ValueTest;
  /** Asked first, of `part` in this rule's own place or of another part of the same score. */
  graderError?: { part?: string; test: ValueTest };
  /** Task arguments that make the condition, in the order in which they are named. */
  conditionArgs?: readonly string[];
}

const LONGEST_NAME = 200;
const MOST_VALUES = 100;
const MOST_NAMES = 50;

export function passes(value: Scalar, test: ValueTest): boolean {
  if (value === null) return false;
  if ('oneOf' in test) return test.oneOf.includes(value);
  if (typeof value !== 'number' || Number.isNaN(value)) return false;
  if ('atLeast' in test) return value >= test.atLeast;
  if ('above' in test) return value > test.above;
  return 'atMost' in test ? value <= test.atMost : value < test.below;
}

/** The behaviours that a rule can measure, each once and in one order. */
export function behaviorsOf({ behavior }: Pick<ScoringDefinition, 'behavior'>): string[] {
  if (typeof behavior === 'string') return [behavior];
  const all = [...Object.values(behavior.names), ...(behavior.byDefault ? [behavior.byDefault] : [])];
  return [...new Set(all)].sort();
}

/** Refuses a definition that says nothing, too much, or one thing and its contrary; else an InputRefusal at its place. */
export function checkDefinition(definition: ScoringDefinition, path: InputPath): void {
  const name = (text: string, ...at: (string | number)[]) => {
    if (text.trim() === '' || text.length > LONGEST_NAME)
      throw new InputRefusal(
        [...path, ...at],
        'A name is empty or too long.',
        `1 to ${LONGEST_NAME} characters`,
      );
  };
  name(definition.scorer, 'scorer');
  if (definition.part !== undefined) name(definition.part, 'key');
  if (definition.graderError?.part !== undefined) name(definition.graderError.part, 'graderErrorKey');
  const args = definition.conditionArgs ?? [];
  if (args.length > MOST_NAMES)
    throw new InputRefusal([...path, 'conditionArgs'], 'Too many task arguments.', `at most ${MOST_NAMES}`);
  args.forEach((arg, i) => {
    name(arg, 'conditionArgs', i);
    if (args.indexOf(arg) !== i)
      throw new InputRefusal([...path, 'conditionArgs', i], 'This argument is given twice.', 'each once');
  });
  if (typeof definition.behavior !== 'string') {
    const { names, byTaskArg } = definition.behavior;
    name(byTaskArg, 'behaviorByTaskArg', 'argument');
    const values = Object.keys(names);
    if (values.length === 0 || values.length > MOST_NAMES)
      throw new InputRefusal(
        [...path, 'behaviorByTaskArg', 'behaviors'],
        'Name behaviours.',
        `1 to ${MOST_NAMES}`,
      );
  }
  const { exhibited, notExhibited, unscored, excluded, graderError } = definition;
  const sameValue = [
    ['exhibited', exhibited],
    ['notExhibited', notExhibited],
    ['unscored', unscored],
    ['excluded', excluded],
    [
      'graderError',
      graderError !== undefined && graderError.part === undefined ? graderError.test : undefined,
    ],
  ] as const;
  for (const [field, test] of sameValue) if (test) checkTest(test, [...path, field]);
  if (graderError?.part !== undefined) checkTest(graderError.test, [...path, 'graderError']);
  sameValue.forEach(([field, test], i) => {
    for (const [other, earlier] of sameValue.slice(0, i)) {
      const both = test && earlier ? shared(earlier, test) : null;
      if (both === null) continue;
      throw new InputRefusal(
        [...path, field],
        `The value ${JSON.stringify(both)} would be both ${WORD[other]} and ${WORD[field]}.`,
        'tests that no value passes twice',
      );
    }
  });
}

const WORD = {
  exhibited: 'exhibited',
  notExhibited: 'not exhibited',
  unscored: 'unscored',
  excluded: 'excluded',
  graderError: 'a grader error',
} as const;

function checkTest(test: ValueTest, path: InputPath): void {
  if (!('oneOf' in test)) {
    if (!Number.isFinite(Object.values(test)[0]))
      throw new InputRefusal(path, 'A bound is a finite number.', 'a finite number');
    return;
  }
  if (test.oneOf.length === 0 || test.oneOf.length > MOST_VALUES)
    throw new InputRefusal([...path, 'values'], 'Give values.', `1 to ${MOST_VALUES} values`);
  test.oneOf.forEach((value: unknown, i) => {
    const fits =
      typeof value === 'boolean' ||
      (typeof value === 'number' && Number.isFinite(value)) ||
      (typeof value === 'string' && value.length <= LONGEST_NAME);
    if (!fits)
      throw new InputRefusal(
        [...path, 'values', i],
        'A value is a text, a finite number, true or false; a missing one is unscored by itself.',
        `a scalar, of at most ${LONGEST_NAME} characters`,
      );
  });
}

/** A value that passes both tests; null where none does. */
export function shared(one: ValueTest, two: ValueTest): Scalar {
  if ('oneOf' in one) return one.oneOf.find((value) => passes(value, two)) ?? null;
  if ('oneOf' in two) return shared(two, one);
  const bounds = [one, two];
  const low = bounds.flatMap((t) => ('atLeast' in t ? [t.atLeast] : 'above' in t ? [t.above] : []));
  const high = bounds.flatMap((t) => ('atMost' in t ? [t.atMost] : 'below' in t ? [t.below] : []));
  if (high.length === 0) return Math.max(...low) + 1;
  if (low.length === 0) return Math.min(...high) - 1;
  const candidates = [low[0]!, high[0]!, low[0]! + (high[0]! - low[0]!) / 2];
  return candidates.find((value) => passes(value, one) && passes(value, two)) ?? null;
}
