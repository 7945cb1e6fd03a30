// From what a caller writes of a rule to its definition.
import { type InputPath, InputRefusal } from '../../platform/refusal.ts';
import type { Scalar, ScoringDefinition, ValueTest } from './scoring-definition.ts';

export interface ScoreTestWritten {
  values?: readonly unknown[] | null | undefined;
  atLeast?: number | null | undefined;
  above?: number | null | undefined;
  atMost?: number | null | undefined;
  below?: number | null | undefined;
}

export interface DefinitionWritten {
  behavior?: string | null | undefined;
  behaviorByTaskArg?:
    | {
        argument: string;
        behaviors: readonly { value: string; behavior: string }[];
        otherwise?: string | null | undefined;
      }
    | null
    | undefined;
  scorer: string;
  key?: string | null | undefined;
  exhibited: ScoreTestWritten;
  notExhibited: ScoreTestWritten;
  unscored?: ScoreTestWritten | null | undefined;
  excluded?: ScoreTestWritten | null | undefined;
  graderError?: ScoreTestWritten | null | undefined;
  graderErrorKey?: string | null | undefined;
  conditionArgs?: readonly string[] | null | undefined;
}

/** Throws an InputRefusal where something is given twice, or not at all. */
export function definitionOf(written: DefinitionWritten, path: InputPath): ScoringDefinition {
  const optional = (field: 'unscored' | 'excluded') => {
    const test = written[field];
    return test == null ? {} : { [field]: testOf(test, [...path, field]) };
  };
  if (written.graderErrorKey != null && written.graderError == null)
    throw new InputRefusal(
      [...path, 'graderErrorKey'],
      'There is no graderError to look for.',
      'graderError',
    );
  return {
    behavior: behaviorOf(written, path),
    scorer: written.scorer,
    ...(written.key == null ? {} : { part: written.key }),
    exhibited: testOf(written.exhibited, [...path, 'exhibited']),
    notExhibited: testOf(written.notExhibited, [...path, 'notExhibited']),
    ...optional('unscored'),
    ...optional('excluded'),
    ...(written.graderError == null
      ? {}
      : {
          graderError: {
            ...(written.graderErrorKey == null || written.graderErrorKey === written.key
              ? {}
              : { part: written.graderErrorKey }),
            test: testOf(written.graderError, [...path, 'graderError']),
          },
        }),
    ...(written.conditionArgs == null || written.conditionArgs.length === 0
      ? {}
      : { conditionArgs: written.conditionArgs }),
  };
}

function behaviorOf(written: DefinitionWritten, path: InputPath): ScoringDefinition['behavior'] {
  const { behavior, behaviorByTaskArg } = written;
  if ((behavior == null) === (behaviorByTaskArg == null))
    throw new InputRefusal(
      [...path, 'behavior'],
      'Name one behaviour, or behaviours by a task argument.',
      'one of the two',
    );
  if (behavior != null) return behavior;
  const { argument, behaviors, otherwise } = behaviorByTaskArg!;
  const names: Record<string, string> = Object.create(null);
  behaviors.forEach(({ value, behavior: name }, i) => {
    if (Object.hasOwn(names, value))
      throw new InputRefusal(
        [...path, 'behaviorByTaskArg', 'behaviors', i, 'value'],
        `The value "${value}" is given twice.`,
        'each value once',
      );
    names[value] = name;
  });
  return { byTaskArg: argument, names, ...(otherwise == null ? {} : { byDefault: otherwise }) };
}

const BOUNDS = ['atLeast', 'above', 'atMost', 'below'] as const;

function testOf(written: ScoreTestWritten, path: InputPath): ValueTest {
  const given = BOUNDS.filter((bound) => written[bound] != null);
  if (given.length + (written.values == null ? 0 : 1) !== 1)
    throw new InputRefusal(
      path,
      'Give values, or one bound.',
      'exactly one of values, atLeast, above, atMost, below',
    );
  if (written.values != null) return { oneOf: written.values as Scalar[] };
  const bound = given[0]!;
  return { [bound]: written[bound] } as unknown as ValueTest;
}
