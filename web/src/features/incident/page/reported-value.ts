import { compact, percent } from '../../../ui/numbers.ts';

interface Reported {
  value?: number | null;
  lower?: number | null;
  upper?: number | null;
  unit?: string | null;
  qualifier: 'EXACT' | 'APPROXIMATE' | 'AT_MOST' | 'AT_LEAST';
}

const PREFIX = { EXACT: '', APPROXIMATE: '≈ ', AT_MOST: '≤ ', AT_LEAST: '≥ ' } as const;
const SHARE_UNITS = new Set(['rate', 'fraction', 'share', 'proportion']);

function written(value: number, unit: string | null | undefined): string {
  if (unit && SHARE_UNITS.has(unit.toLowerCase())) return percent(value);
  if (unit === '%' || unit?.toLowerCase() === 'percent') return `${compact(value)}%`;
  return unit ? `${compact(value)} ${unit}` : compact(value);
}

/** A reported value or range as it was stated; null where the statement has no number. */
export function reportedValue(result: Reported): string | null {
  const { value, lower, upper, unit, qualifier } = result;
  const isRange = lower !== null && lower !== undefined && upper !== null && upper !== undefined;
  if (value !== null && value !== undefined) return `${PREFIX[qualifier]}${written(value, unit)}`;
  if (isRange) return `${PREFIX[qualifier]}${written(lower, unit)} to ${written(upper, unit)}`;
  return null;
}
