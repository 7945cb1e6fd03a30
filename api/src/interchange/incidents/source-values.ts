// Texts, days and addresses of a record from elsewhere, as far as ours can hold them.
import { checkUrl } from '../../lineage/record-citation.ts';
import { oneLine } from '../../platform/file-name.ts';
import { Refusal } from '../../platform/refusal.ts';
import type { JsonValue } from '../inspect/json-value.ts';
import { asText, isObject, shorten } from '../inspect/plain-values.ts';

export const LONGEST_TITLE = 300;
/** In UTF-16 units. */
export const LONGEST_SUMMARY = 20_000;
const LONGEST_URL = 2_000;

/** One line, shortened where it is longer than a title may be. */
export function titleOf(text: string | null): string | null {
  const line = oneLine(text ?? '');
  return line === '' ? null : shorten(line, LONGEST_TITLE);
}

/** The first sentence of a text; what it says is the record's own. */
export function firstSentence(text: string | null): string | null {
  const line = oneLine(text ?? '');
  return titleOf(/^.{20,}?[.!?](?=\s|$)/su.exec(line)?.[0] ?? line);
}

/** A text that may stand alone or, in AVID, beside its language. */
export function wording(value: JsonValue | undefined): string | null {
  const text = asText(isObject(value) ? value.value : value, LONGEST_SUMMARY * 2);
  return text === null || text.trim() === '' ? null : shorten(text.trim(), LONGEST_SUMMARY);
}

/** The address, where a browser may be sent there; else null. */
export function safeUrl(value: JsonValue | undefined): string | null {
  const text = typeof value === 'string' ? value.trim() : '';
  if (text === '' || text.length > LONGEST_URL) return null;
  try {
    checkUrl(text, []);
    return text;
  } catch (error) {
    if (error instanceof Refusal) return null;
    throw error;
  }
}

const EARLIEST = 1900;
const LATEST = 9999;

/**
 * A day or moment: ISO 8601, `M/D/YYYY` as American spreadsheets write it, MongoDB's `{"$date": …}`, or seconds since
 * 1970. Null where it is none, or lies outside the years 1900 to 9999.
 */
export function dayOf(value: JsonValue | undefined): Date | null {
  if (isObject(value)) return dayOf(Object.hasOwn(value, '$date') ? value.$date : undefined);
  if (typeof value === 'number') return within(new Date(value * 1000));
  if (typeof value !== 'string') return null;
  const text = value.trim();
  const american = /^(\d{1,2})\/(\d{1,2})\/(\d{4})$/.exec(text);
  if (american) return calendarDay(Number(american[3]), Number(american[1]), Number(american[2]));
  const iso = /^(\d{4})-(\d{2})-(\d{2})/.exec(text);
  if (!iso) return null;
  const day = calendarDay(Number(iso[1]), Number(iso[2]), Number(iso[3]));
  if (day === null || text.length === 10) return day;
  return within(new Date(/(?:z|[+-]\d{2}:?\d{2})$/i.test(text) ? text : `${text.replace(' ', 'T')}Z`));
}

/** Null for a day that no calendar has, such as 31 February. */
function calendarDay(year: number, month: number, day: number): Date | null {
  const date = within(new Date(Date.UTC(year, month - 1, day)));
  // The first hundred years are taken for the twentieth century's.
  const same =
    date?.getUTCFullYear() === year && date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
  return same ? date : null;
}

function within(date: Date): Date | null {
  const year = date.getUTCFullYear();
  return year >= EARLIEST && year <= LATEST ? date : null;
}
