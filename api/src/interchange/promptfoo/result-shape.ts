// What of one result is read: who asked and judged by what, and what tells its test from others.

/** `digest` keeps what tells a value from others and nothing of itself; `settings` the same of all but credentials. */
export type Leaf = 'keep' | 'digest' | 'settings';
export interface Shape {
  leaf?: Leaf;
  fields?: Readonly<Record<string, Shape>>;
  /** Of every member of a list, or of an object whose names are anybody's. */
  each?: Shape;
}

const keep: Shape = { leaf: 'keep' };
const digest: Shape = { leaf: 'digest' };
const id: Shape = { fields: { id: keep } };

/** A text, or an object by its id; or one for each purpose. What it is set to holds keys. */
const provider: Shape = {
  fields: { id: keep, text: id, embedding: id, classification: id, moderation: id },
};
const judging = {
  type: keep,
  metric: keep,
  weight: keep,
  metricOnly: keep,
  provider,
  rubricPrompt: keep,
};
const assertion: Shape = {
  fields: {
    ...judging,
    value: digest,
    threshold: keep,
    get assert(): Shape {
      return assertions;
    },
  },
};
const assertions: Shape = { each: assertion };
const grading: Shape = {
  fields: {
    pass: keep,
    assertion: { fields: judging },
    metadata: { fields: { graderError: keep, assertionSet: { fields: { metric: keep } } } },
    namedScores: { each: keep },
    get componentResults(): Shape {
      return gradings;
    },
  },
};
const gradings: Shape = { each: grading };

export const RESULT: Shape = {
  fields: {
    testIdx: keep,
    promptIdx: keep,
    promptId: keep,
    description: keep,
    provider: { fields: { id: keep, label: keep, config: { leaf: 'settings' } } },
    prompt: { fields: { id: keep, label: keep, raw: digest } },
    success: keep,
    failureReason: keep,
    score: keep,
    namedScores: keep,
    error: keep,
    vars: { each: digest },
    testCase: {
      fields: {
        description: keep,
        vars: { each: digest },
        threshold: keep,
        assertScoringFunction: digest,
        assert: assertions,
        options: { fields: { provider, rubricPrompt: keep } },
      },
    },
    gradingResult: grading,
  },
};

/** What is read at a path from the result on; undefined for what is passed over. */
export function shapeAt(path: readonly (string | number)[]): Shape | undefined {
  let shape: Shape | undefined = RESULT;
  for (const part of path) {
    shape = memberShape(shape, part);
    if (shape === undefined) return undefined;
  }
  return shape;
}

function memberShape({ fields, each }: Shape, part: string | number): Shape | undefined {
  if (typeof part === 'string' && fields !== undefined && Object.hasOwn(fields, part)) return fields[part];
  return each;
}
