import {
  coerceInputValue,
  execute,
  type GraphQLField,
  type GraphQLInputObjectType,
  type GraphQLSchema,
  getNamedType,
  isInputObjectType,
  parse,
} from 'graphql';
import { type Change, inChange } from '../../api/src/access/change.ts';
import { once } from '../../api/src/access/idempotency.ts';
import type { Context } from '../../api/src/context.ts';
import { type RegisterBehaviorInput, registerBehavior } from '../../api/src/evaluation/register-behavior.ts';
import { type RegisterGraderInput, registerGrader } from '../../api/src/evaluation/register-grader.ts';
import { type FileIncidentInput, fileIncident } from '../../api/src/incident/file-incident.ts';
import { MADE, type Step, type Story, type StoryMutation, withIds } from './story.ts';

export class SeedError extends Error {}

type Field = GraphQLField<unknown, unknown>;

/**
 * What GraphQL does not let anybody say is said to the use case itself: the key of an incident, and that a named
 * thing is public. The answer is the internal id, under the name of its type.
 */
const DIRECT: Partial<
  Record<StoryMutation, (change: Change, input: object) => Promise<Record<string, bigint>>>
> = {
  registerBehavior: (change, input) => registerBehavior(change, input as RegisterBehaviorInput),
  registerGrader: (change, input) => registerGrader(change, input as RegisterGraderInput),
  fileIncident: (change, input) => fileIncident(change, input as FileIncidentInput),
};

/**
 * Makes every step of a story, in order, each once: a step made earlier under the same idempotency key answers what
 * it made then. Everything is public. Throws a SeedError that names the story and the step; the steps before it stay.
 */
export async function runStory(
  schema: GraphQLSchema,
  newContext: () => Context,
  story: Story,
  onStep: () => Promise<void> = async () => {},
): Promise<void> {
  const ids = new Map<string, string>();
  for (const [index, step] of story.steps.entries()) {
    const idempotencyKey = keyOf(story, index);
    try {
      const input = { ...withIds(step.input, ids), idempotencyKey };
      const id = await runStep(schema, newContext(), step, input);
      if (step.as !== undefined) ids.set(step.as, id);
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error);
      throw new SeedError(
        `${story.name}, step ${index + 1} of ${story.steps.length} (${step.mutation}): ${why}`,
        {
          cause: error,
        },
      );
    }
    await onStep();
  }
}

export function keyOf(story: Story, index: number): string {
  return `seed:${story.name}:${index + 1}`;
}

async function runStep(
  schema: GraphQLSchema,
  context: Context,
  step: Step,
  given: Record<string, unknown>,
): Promise<string> {
  const field = schema.getMutationType()?.getFields()[step.mutation];
  if (field === undefined) throw new SeedError('There is no such mutation.');
  const type = inputTypeOf(field);
  const direct = DIRECT[step.mutation];
  if (direct !== undefined) {
    const { idempotencyKey, ...input } = given;
    const coerced = coerceInputValue(input, type) as object;
    const whole = { ...coerced, visibility: 'PUBLIC', ...(step.key === undefined ? {} : { key: step.key }) };
    const made = await inChange(context, 'write:incidents', (change) =>
      once(change, step.mutation, String(idempotencyKey), whole, () => direct(change, whole)),
    );
    return String(Object.values(made)[0]);
  }
  const input = 'visibility' in type.getFields() ? { visibility: 'PUBLIC', ...given } : given;
  return overGraphQL(schema, context, step.mutation, type, input);
}

function inputTypeOf(field: Field): GraphQLInputObjectType {
  const type = getNamedType(field.args.find((arg) => arg.name === 'input')?.type);
  if (!isInputObjectType(type)) throw new SeedError('The mutation takes no input.');
  return type;
}

interface Answer {
  __typename: string;
  message?: string;
  path?: string[];
  made?: { id: string };
}

async function overGraphQL(
  schema: GraphQLSchema,
  context: Context,
  mutation: StoryMutation,
  type: GraphQLInputObjectType,
  input: object,
): Promise<string> {
  const success = `${mutation.charAt(0).toUpperCase()}${mutation.slice(1)}Success`;
  const refusals = ['InputError', 'NotFoundError', 'ConflictError', 'TransitionError'];
  const source = `mutation Seed($input: ${type.name}!) { answer: ${mutation}(input: $input) { __typename
    ... on ${success} { made: ${MADE[mutation]} { id } }
    ${refusals.map((name) => `... on ${name} { message path }`).join(' ')} } }`;
  const result = await execute({
    schema,
    document: parse(source),
    variableValues: { input },
    contextValue: context,
  });
  const [error] = result.errors ?? [];
  if (error !== undefined) throw error.originalError ?? error;
  const answer = (result.data as { answer: Answer }).answer;
  if (answer.made === undefined)
    throw new SeedError(`${answer.message} (at input.${answer.path?.join('.')})`);
  return answer.made.id;
}
