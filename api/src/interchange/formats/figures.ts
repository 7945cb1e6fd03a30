// Figures as a file states them: what is no number is none, and no certainty is made of a standard error of 0.
import type { JsonValue } from '../inspect/json-value.ts';

export interface StatedNumber {
  value: number | null;
  /** What stands where the number should; null where there is one, or nothing at all. */
  instead: string | null;
}

export function statedNumber(value: JsonValue | undefined): StatedNumber {
  if (value === undefined) return { value: null, instead: null };
  if (value === null) return { value: null, instead: 'null' };
  if (typeof value === 'number')
    return Number.isFinite(value) ? { value, instead: null } : { value: null, instead: String(value) };
  // Whole numbers that a double cannot hold come as their digits.
  if (typeof value === 'string' && /^-?\d{16,}$/.test(value)) return { value: Number(value), instead: null };
  const text = typeof value === 'string' ? value.trim() : '';
  return { value: null, instead: text === '' ? kindOf(value) : JSON.stringify(text.slice(0, 40)) };
}

function kindOf(value: JsonValue): string {
  if (typeof value === 'string') return 'an empty text';
  if (Array.isArray(value)) return 'a list';
  return typeof value === 'object' ? 'a mapping' : String(value);
}

export interface StatedScore {
  value: number | null;
  standardError: number | null;
  /** What a reader of the score must know of how it was stated. */
  notes: string[];
}

/**
 * A figure with its standard error. One that is 0 where the figure lies at an end of its scale (0 or 1, as a
 * percentage 100) comes from samples that all fell alike: that is no certainty, so none is recorded.
 */
export function statedScore(value: JsonValue | undefined, standardError: JsonValue | undefined): StatedScore {
  const figure = statedNumber(value);
  const error = statedNumber(standardError);
  const notes: string[] = [];
  if (figure.instead !== null) notes.push(`the file states ${figure.instead} for it`);
  if (error.instead !== null) notes.push(`the file states ${error.instead} for its standard error`);
  let kept = error.value;
  if (kept !== null && kept < 0) {
    notes.push(`the file states a standard error of ${kept}, which none can be`);
    kept = null;
  } else if (kept === 0 && (figure.value === 0 || figure.value === 1 || figure.value === 100)) {
    notes.push('the file states a standard error of 0, which at the end of a scale is no certainty');
    kept = null;
  }
  return { value: figure.value, standardError: figure.value === null ? null : kept, notes };
}
