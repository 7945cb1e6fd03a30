import type { Context } from '../context.ts';
import { checkBounds } from '../graphql/mutation.ts';
import { answer } from '../graphql/result.ts';

/** For the mutations of whoever is not signed in yet, or whose secrets must stay out of the idempotency record. */
export function bounded<S>(context: Context, input: object, work: () => Promise<S>): Promise<S> {
  return answer(async () => {
    checkBounds(input, []);
    const result = await work();
    context.forget();
    return result;
  }) as Promise<S>;
}
