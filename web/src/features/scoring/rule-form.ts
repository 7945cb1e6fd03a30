// What a person types of a rule, and the definition that it stands for.
import type { ScoreTestInput, ScoringDefinitionInput } from '@/graphql/generated/graphql.ts';

export const TEST_KINDS = ['none', 'values', 'atLeast', 'above', 'atMost', 'below'] as const;
export type TestKind = (typeof TEST_KINDS)[number];
export interface TestTyped {
  kind: TestKind;
  text: string;
}

export const TESTS = ['exhibited', 'notExhibited', 'unscored', 'excluded', 'graderError'] as const;
export type TestName = (typeof TESTS)[number];

export interface RuleTyped {
  evaluation: string;
  name: string;
  scorer: string;
  key: string;
  /** One behaviour, or a table of them by a task argument. */
  by: 'name' | 'argument';
  behavior: string;
  argument: string;
  /** Lines of `value = behaviour`. */
  behaviors: string;
  otherwise: string;
  tests: Record<TestName, TestTyped>;
  graderErrorKey: string;
  conditionArgs: string;
  note: string;
}

const NONE: TestTyped = { kind: 'none', text: '' };

export const EMPTY_RULE: RuleTyped = {
  evaluation: '',
  name: '',
  scorer: '',
  key: '',
  by: 'name',
  behavior: '',
  argument: '',
  behaviors: '',
  otherwise: '',
  tests: {
    exhibited: { kind: 'values', text: '' },
    notExhibited: { kind: 'values', text: '' },
    unscored: NONE,
    excluded: NONE,
    graderError: NONE,
  },
  graderErrorKey: '',
  conditionArgs: '',
  note: '',
};

type Scalar = string | number | boolean;

/**
 * Values with commas or lines between them: a number, true and false are what they say, a text in quotes is that text,
 * and anything else is a text as it stands.
 */
export function parseValues(text: string): Scalar[] {
  const pieces = text.match(/\s*"(?:[^"\\]|\\.)*"\s*|[^,\n]+/g) ?? [];
  return pieces.flatMap((piece) => {
    const trimmed = piece.trim();
    return trimmed === '' ? [] : [parseValue(trimmed)];
  });
}

function parseValue(text: string): Scalar {
  if (!/^(".*"|true|false|-?\d+(\.\d+)?([eE][+-]?\d+)?)$/s.test(text)) return text;
  try {
    return JSON.parse(text) as Scalar;
  } catch {
    return text;
  }
}

const list = (text: string) =>
  text
    .split(/[,\n]/)
    .map((one) => one.trim())
    .filter((one) => one !== '');

/** Null where nothing is meant, undefined where what was typed is no test yet. */
function testOf({ kind, text }: TestTyped): ScoreTestInput | null | undefined {
  if (kind === 'none') return null;
  if (kind === 'values') {
    const values = parseValues(text);
    return values.length === 0 ? undefined : { values };
  }
  const bound = Number(text);
  return text.trim() === '' || !Number.isFinite(bound) ? undefined : { [kind]: bound };
}

/** The definition, or null where something that every rule says is missing yet. */
export function definitionOf(typed: RuleTyped): ScoringDefinitionInput | null {
  const [exhibited, notExhibited, unscored, excluded, graderError] = TESTS.map((name) =>
    testOf(typed.tests[name]),
  );
  if (!exhibited || !notExhibited || unscored === undefined || excluded === undefined) return null;
  if (graderError === undefined || typed.scorer.trim() === '') return null;
  const behavior = behaviorOf(typed);
  if (behavior === null) return null;
  return {
    ...behavior,
    scorer: typed.scorer.trim(),
    key: typed.key.trim() || null,
    exhibited,
    notExhibited,
    unscored,
    excluded,
    graderError,
    graderErrorKey: graderError ? typed.graderErrorKey.trim() || null : null,
    conditionArgs: list(typed.conditionArgs),
  };
}

function behaviorOf(typed: RuleTyped): Pick<ScoringDefinitionInput, 'behavior' | 'behaviorByTaskArg'> | null {
  if (typed.by === 'name') return typed.behavior.trim() === '' ? null : { behavior: typed.behavior.trim() };
  const behaviors = typed.behaviors.split('\n').flatMap((line) => {
    const at = line.indexOf('=');
    if (at < 1) return [];
    return [{ value: line.slice(0, at).trim(), behavior: line.slice(at + 1).trim() }];
  });
  if (typed.argument.trim() === '' || behaviors.length === 0) return null;
  return {
    behaviorByTaskArg: {
      argument: typed.argument.trim(),
      behaviors,
      otherwise: typed.otherwise.trim() || null,
    },
  };
}

interface TestRead {
  values?: readonly unknown[] | null;
  atLeast?: number | null;
  above?: number | null;
  atMost?: number | null;
  below?: number | null;
}

export interface DefinitionRead {
  behavior?: string | null;
  behaviorByTaskArg?: {
    argument: string;
    behaviors: readonly { value: string; behavior: string }[];
    otherwise?: string | null;
  } | null;
  scorer: string;
  key?: string | null;
  exhibited: TestRead;
  notExhibited: TestRead;
  unscored?: TestRead | null;
  excluded?: TestRead | null;
  graderError?: TestRead | null;
  graderErrorKey?: string | null;
  conditionArgs: readonly string[];
}

/** A version as it would be typed: what a new version of it begins with. */
export function typedOf(rule: { evaluation: string; name: string }, read: DefinitionRead): RuleTyped {
  const { behaviorByTaskArg: table } = read;
  return {
    ...EMPTY_RULE,
    evaluation: rule.evaluation,
    name: rule.name,
    scorer: read.scorer,
    key: read.key ?? '',
    by: table ? 'argument' : 'name',
    behavior: read.behavior ?? '',
    argument: table?.argument ?? '',
    behaviors: (table?.behaviors ?? []).map((one) => `${one.value} = ${one.behavior}`).join('\n'),
    otherwise: table?.otherwise ?? '',
    tests: {
      exhibited: typedTest(read.exhibited),
      notExhibited: typedTest(read.notExhibited),
      unscored: typedTest(read.unscored),
      excluded: typedTest(read.excluded),
      graderError: typedTest(read.graderError),
    },
    graderErrorKey: read.graderErrorKey ?? '',
    conditionArgs: read.conditionArgs.join(', '),
  };
}

function typedTest(test: TestRead | null | undefined): TestTyped {
  if (!test) return NONE;
  if (test.values) return { kind: 'values', text: test.values.map((v) => JSON.stringify(v)).join(', ') };
  for (const kind of ['atLeast', 'above', 'atMost', 'below'] as const) {
    const bound = test[kind];
    if (bound !== null && bound !== undefined) return { kind, text: String(bound) };
  }
  return NONE;
}
