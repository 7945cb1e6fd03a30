import { AccessRefusal } from './refusal.ts';

/** What a mutation just made, for its answer. It is missing only where whoever made it may not see it. */
export function shown<T>(value: T | null | undefined): T {
  if (value == null) throw new AccessRefusal('FORBIDDEN', 'It was recorded, but you may not see it.');
  return value;
}

/** A thing that another visible thing always has. */
export function present<T>(value: T | null | undefined, what: string): T {
  if (value == null) throw new AccessRefusal('FORBIDDEN', `You may not see the ${what} of this.`);
  return value;
}
