import type { InputFieldMap, InputRef, InputShapeFromFields } from '@pothos/core';
import { authoriseChange, type Change, inChange } from '../access/change.ts';
import { once } from '../access/idempotency.ts';
import { MUTATION, type MutationName } from '../access/permissions.ts';
import { RULES } from '../access/rules.ts';
import { InputRefusal } from '../platform/refusal.ts';
import { builder, type SchemaTypes } from './builder.ts';
import { answer, resultUnion } from './result.ts';

export type FieldBuilder<S> = Parameters<
  NonNullable<Parameters<ReturnType<typeof builder.objectRef<S>>['implement']>[0]['fields']>
>[0];

/** What a mutation's work returns: internal ids and plain values, from which the success type's fields resolve. */
export type Outcome = Record<string, bigint | string | number | boolean | null | bigint[]>;

/** Longest text anywhere in an input, in UTF-16 units; and the longest list. Bodies are bounded apart. */
const LONGEST_TEXT = 200_000;
const LONGEST_LIST = 10_000;

/** Mutations that change the record or an account, by whoever has the scope that their rule names. */
export type DefinedMutation = {
  [Name in MutationName]: (typeof RULES)[(typeof MUTATION)[Name]]['scope'] extends null ? never : Name;
}[MutationName];

/**
 * Adds a mutation in the house's form: one input, one transaction with its events, a result union. Write `run`
 * before `success`: TypeScript reads them in order, and takes from `run` what the success type resolves from.
 */
export function defineMutation<I extends object, S extends Outcome, P = null>(options: {
  /** As in the schema: `registerSource`. Who may use it stands in access/permissions.ts. */
  name: DefinedMutation;
  description: string;
  input: InputRef<I>;
  /**
   * What takes long and records nothing, such as reading a file: done before the transaction begins, for whoever may use
   * it and with texts within their bounds.
   */
  prepare?: (context: Change['context'], input: I) => Promise<P>;
  /** Gives back what `prepare` took and the change did not record: asked once the change is over, whatever came of it. */
  release?: (context: Change['context'], prepared: P) => Promise<void>;
  run: (change: Change, input: I, prepared: P) => Promise<S>;
  /** What goes on after the answer: begun when the change is on record, and under an idempotency key with each answer. */
  afterwards?: (context: Change['context'], made: S, prepared: P) => void;
  /** The same in a transaction that it shares with others' (access/shared-change.ts); not under an idempotency key. */
  together?: (context: Change['context'], input: I) => Promise<S>;
  success: (t: FieldBuilder<S>) => Record<string, unknown>;
}): void {
  const title = options.name.charAt(0).toUpperCase() + options.name.slice(1);
  const Success = builder.objectRef<S>(`${title}Success`).implement({
    description: `What ${options.name} made.`,
    // Each mutation's fields are checked where `success` is written; here they are only handed on.
    fields: options.success as never,
  });
  const Result = resultUnion(title, Success);
  builder.mutationField(options.name, (t) =>
    t.field({
      type: Result,
      description: options.description,
      args: {
        input: t.arg({
          type: options.input as InputRef<unknown>,
          required: true,
          description: 'All that it takes.',
        }),
      },
      resolve: (async (_root: unknown, args: { input: unknown }, context: Change['context']) => {
        const input = args.input as I & { idempotencyKey?: string | null };
        return answer(async () => {
          const { scope } = RULES[MUTATION[options.name]];
          if (options.prepare !== undefined) {
            authoriseChange(context, scope);
            checkBounds(input, []);
          }
          const prepared = (await options.prepare?.(context, input)) ?? (null as unknown as P);
          const key = input.idempotencyKey;
          if (options.together !== undefined && key == null) {
            authoriseChange(context, scope);
            checkBounds(input, []);
            return options.together(context, input);
          }
          const made = await inChange(context, scope, async (change) => {
            checkBounds(input, []);
            if (key == null) return options.run(change, input, prepared);
            return once(change, options.name, key, input, () => options.run(change, input, prepared));
          }).finally(() => options.release?.(context, prepared));
          options.afterwards?.(context, made, prepared);
          return made;
        });
      }) as never,
    }),
  );
}

const HALF_A_PAIR = /\p{Surrogate}/u;

/** Refuses texts and lists that are too long, and texts with a NUL or half a character, which Postgres cannot hold. */
export function checkBounds(value: unknown, path: (string | number)[]): void {
  if (typeof value === 'string') {
    if (value.length > LONGEST_TEXT)
      throw new InputRefusal(path, 'The text is too long.', `at most ${LONGEST_TEXT} characters`);
    if (value.includes('\u0000'))
      throw new InputRefusal(path, 'The text holds a NUL character.', 'text without NUL');
    if (HALF_A_PAIR.test(value))
      throw new InputRefusal(path, 'The text holds half of a surrogate pair.', 'well-formed Unicode');
  } else if (Array.isArray(value)) {
    if (value.length > LONGEST_LIST)
      throw new InputRefusal(path, 'The list is too long.', `at most ${LONGEST_LIST} items`);
    value.forEach((item, i) => {
      checkBounds(item, [...path, i]);
    });
  } else if (value !== null && typeof value === 'object' && !(value instanceof Date)) {
    for (const [name, item] of Object.entries(value)) {
      // Of an object that is JSON the names are the sender's too.
      checkBounds(name, path);
      checkBounds(item, [...path, name]);
    }
  }
}

export type { InputFieldMap, InputShapeFromFields, SchemaTypes };
