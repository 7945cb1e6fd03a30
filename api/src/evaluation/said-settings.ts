// How what logs say of their settings is taken apart and set against each other.
import type { Json } from '../platform/json.ts';

export type JsonObject = { readonly [key: string]: Json };

export function object(value: Json | undefined): JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as JsonObject) : {};
}

/** Equal for equal values, whatever the order of their members. */
export function canonical(value: Json): string {
  return JSON.stringify(value, (_name, member: unknown) =>
    typeof member === 'object' && member !== null && !Array.isArray(member)
      ? Object.fromEntries(Object.entries(member).sort(([a], [b]) => (a < b ? -1 : 1)))
      : member,
  );
}
