// A rule in sentences, as a person who confirms it reads it.
import type { ScoringDefinition, ValueTest } from './scoring-definition.ts';

/** One sentence for each thing that the rule says. */
export function wordsOf(definition: ScoringDefinition): string[] {
  const { behavior, scorer, part, graderError, conditionArgs = [] } = definition;
  const value = part === undefined ? `the value of ${scorer}` : `"${part}" in the value of ${scorer}`;
  const errorValue =
    graderError?.part === undefined ? value : `"${graderError.part}" in the value of ${scorer}`;
  return [
    typeof behavior === 'string' ? `It measures ${behavior}.` : `It measures ${byArgument(behavior)}.`,
    ...(graderError ? [`A sample is a grader error where ${errorValue} is ${test(graderError.test)}.`] : []),
    ...(definition.excluded ? [`It is excluded where ${value} is ${test(definition.excluded)}.`] : []),
    `It exhibits the behaviour where ${value} is ${test(definition.exhibited)}.`,
    `It does not exhibit it where ${value} is ${test(definition.notExhibited)}.`,
    ...(definition.unscored ? [`It is unscored where ${value} is ${test(definition.unscored)}.`] : []),
    'Any other value, and none, is unscored: never "not exhibited". An invalidated sample is excluded.',
    ...(conditionArgs.length === 0
      ? []
      : [`The condition is made of the task arguments ${conditionArgs.join(', ')}.`]),
  ];
}

function byArgument(behavior: Exclude<ScoringDefinition['behavior'], string>): string {
  const each = Object.entries(behavior.names).map(([value, name]) => `${name} where it is "${value}"`);
  const otherwise = behavior.byDefault === undefined ? [] : [`${behavior.byDefault} where it is not given`];
  return `a behaviour by the task argument ${behavior.byTaskArg}: ${[...each, ...otherwise].join('; ')}`;
}

function test(of: ValueTest): string {
  if ('oneOf' in of) {
    const values = of.oneOf.map((value) => JSON.stringify(value));
    return values.length === 1 ? values[0]! : `one of ${values.join(', ')}`;
  }
  if ('atLeast' in of) return `a number, ${of.atLeast} or more`;
  if ('above' in of) return `a number above ${of.above}`;
  return 'atMost' in of ? `a number, ${of.atMost} or less` : `a number below ${of.below}`;
}
