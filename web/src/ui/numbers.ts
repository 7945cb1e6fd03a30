/** How figures are written: as many digits as mean something, the exact value in the title. */

const trim = (text: string): string => (text.includes('.') ? text.replace(/\.?0+$/, '') : text);

/** What adding up fractions leaves over; no share is known as well as this. */
const REMAINDER = 1e-9;

/** 0.84 → `84%`, 0.1234 → `12.3%`, 0.00012 → `0.012%`; never rounds up to a whole that it is not. */
export function percent(share: number): string {
  const value = share * 100;
  const size = Math.abs(value);
  if (size === 0) return '0%';
  if (size < 0.001) return value < 0 ? '>-0.001%' : '<0.001%';
  if (Math.abs(1 - share) < REMAINDER) return '100%';
  if (share < 1 && value > 99.9 && trim(value.toFixed(1)) === '100') return '>99.9%';
  if (size >= 10) return `${trim(value.toFixed(1))}%`;
  if (size >= 1) return `${trim(value.toFixed(2))}%`;
  return `${trim(value.toPrecision(2))}%`;
}

/** The value behind `percent`, for a title. */
export const exactPercent = (share: number): string => `${trim((share * 100).toPrecision(12))}%`;

/** Percentage points with a sign that is always there: +3.2, −41. */
export function points(difference: number): string {
  const value = trim(Math.abs(difference * 100).toFixed(1));
  if (value === '0') return '0';
  return `${difference > 0 ? '+' : '−'}${value}`;
}

const STEPS = [
  { above: 12, letter: 'T' },
  { above: 9, letter: 'B' },
  { above: 6, letter: 'M' },
  { above: 3, letter: 'k' },
] as const;

/** A decimal string or a number in four digits and a letter: 299892736000 → `299.9B`. */
export function compact(value: string | number): string {
  const number = Number(value);
  if (!Number.isFinite(number)) return String(value);
  for (const { above, letter } of STEPS) {
    const unit = 10 ** above;
    if (Math.abs(number) >= unit * 0.99995) return `${trim((number / unit).toPrecision(4))}${letter}`;
  }
  return trim(Number.isInteger(number) ? String(number) : number.toPrecision(4));
}

const SIZES = ['bytes', 'kB', 'MB', 'GB', 'TB', 'PB'];

/** So many bytes in the largest decimal unit of which it is one, with a digit after the point: `335.8 kB`. */
export function size(bytes: string | number): string {
  let [number, unit] = [Number(bytes), 0];
  if (!Number.isFinite(number)) return String(bytes);
  if (number === 1) return '1 byte';
  // As it is written: what rounds to a thousand is one of the next.
  while (number >= (unit === 0 ? 1000 : 999.95) && unit < SIZES.length - 1) {
    number /= 1000;
    unit += 1;
  }
  return `${unit === 0 ? number : trim(number.toFixed(1))} ${SIZES[unit]}`;
}

/** All digits, grouped: `299,892,736,000`; exact for decimal strings of any length. */
export function grouped(value: string | number): string {
  const text = String(value);
  const [whole = '', fraction] = text.split('.');
  if (!/^-?\d+$/.test(whole)) return text;
  const sign = whole.startsWith('-') ? '-' : '';
  const digits = whole.replace('-', '').replace(/\B(?=(\d{3})+$)/g, ',');
  return `${sign}${digits}${fraction ? `.${fraction}` : ''}`;
}

/** Values that are abbreviations, and stay as they are. */
const ABBREVIATIONS = new Set(['SFT', 'RL']);

/** `ENUM_VALUE` as words: `Enum value`; abbreviations stay: `SFT`. */
export function words(value: string): string {
  if (ABBREVIATIONS.has(value)) return value;
  const text = value.toLowerCase().replaceAll('_', ' ');
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** `1 source`, `22 sources`. */
export const plural = (count: number, one: string, many = `${one}s`): string =>
  `${grouped(count)} ${count === 1 ? one : many}`;

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** `8 May 2026`, in UTC, the same on the server and in the browser. */
export function day(time: string): string {
  const date = new Date(time);
  if (Number.isNaN(date.getTime())) return time;
  return `${date.getUTCDate()} ${MONTHS[date.getUTCMonth()]} ${date.getUTCFullYear()}`;
}

/** `8 May 2026, 14:03 UTC`. */
export function moment(time: string): string {
  const date = new Date(time);
  if (Number.isNaN(date.getTime())) return time;
  const two = (value: number) => String(value).padStart(2, '0');
  return `${day(time)}, ${two(date.getUTCHours())}:${two(date.getUTCMinutes())} UTC`;
}

/** `8 May 2026, 14:03:27 UTC`: where moments of one minute must be told apart. */
export function exactMoment(time: string): string {
  const date = new Date(time);
  if (Number.isNaN(date.getTime())) return time;
  return `${day(time)}, ${date.toISOString().slice(11, 19)} UTC`;
}
