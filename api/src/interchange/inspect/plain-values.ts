// From what a log may hold in a place to what the record holds there.
import type { JsonObject, Scalar } from './inspect-log.ts';
import type { JsonValue } from './json-value.ts';

export function asText(value: JsonValue | undefined, longest = 1000): string | null {
  if (typeof value === 'number' && !Number.isFinite(value)) return null;
  if (typeof value !== 'string' && typeof value !== 'number') return null;
  const text = String(value);
  return text === '' ? null : shorten(text, longest);
}

/** Cuts at `longest` UTF-16 units, never inside a character, and shows that it did. */
export function shorten(text: string, longest: number): string {
  if (text.length <= longest) return text;
  const code = text.charCodeAt(longest - 2);
  const end = code >= 0xd800 && code <= 0xdbff ? longest - 2 : longest - 1;
  return `${text.slice(0, end)}…`;
}

export function asNumber(value: JsonValue | undefined): number | null {
  return typeof value === 'number' && Number.isFinite(value) ? value : null;
}

/** A count: a whole number, not negative. */
export function asCount(value: JsonValue | undefined): number | null {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 ? value : null;
}

export function asBoolean(value: JsonValue | undefined): boolean | null {
  return typeof value === 'boolean' ? value : null;
}

export function isObject(value: JsonValue | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Own members only, so that no name in a log reaches what every object inherits. */
export function member(value: JsonValue | undefined, name: string): JsonValue | undefined {
  return isObject(value) && Object.hasOwn(value, name) ? value[name] : undefined;
}

/** Adds a member whatever its name: assigned, __proto__ would become what the others inherit, and be no member. */
export function setMember(object: JsonObject, name: string, value: JsonValue): void {
  Object.defineProperty(object, name, { value, enumerable: true, configurable: true, writable: true });
}

export function asObject(value: JsonValue | undefined): JsonObject {
  return isObject(value) ? (finite(value) as JsonObject) : {};
}

/** The same value with null where JSON has no word for the number. */
export function finite(value: JsonValue): JsonValue {
  if (typeof value === 'number') return Number.isFinite(value) ? value : null;
  if (Array.isArray(value)) return value.map(finite);
  if (isObject(value))
    return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, finite(part)]));
  return value;
}

export function asScalar(value: JsonValue | undefined): Scalar {
  if (typeof value === 'boolean') return value;
  if (typeof value === 'number') return Number.isFinite(value) ? value : null;
  return typeof value === 'string' ? shorten(value, 1000) : null;
}

export function asTexts(value: JsonValue | undefined): string[] {
  return Array.isArray(value) ? value.flatMap((part) => asText(part) ?? []) : [];
}

export function asTextMap(value: JsonValue | undefined): Record<string, string> {
  if (!isObject(value)) return {};
  return Object.fromEntries(
    Object.entries(value).flatMap(([name, part]) => {
      const text = asText(part);
      return text === null ? [] : [[name, text]];
    }),
  );
}

/** RFC 3339 in UTC. A time without a zone is taken as UTC, as Inspect itself takes it. */
export function asInstant(value: JsonValue | undefined): string | null {
  if (typeof value !== 'string' || !/^\d{4}-\d{2}-\d{2}T/.test(value)) return null;
  const zoned = /(?:[zZ]|[+-]\d{2}:?\d{2})$/.test(value) ? value : `${value}Z`;
  const time = new Date(zoned);
  return Number.isNaN(time.getTime()) ? null : time.toISOString();
}
