/** What a spreadsheet takes for the beginning of a formula, full-width signs included. */
const FORMULA = /^[\s\u200b\ufeff]*[=+\-@＝＋－＠|%]|^[\t\r\n]/;

/**
 * A cell as RFC 4180 has it, always quoted. What a spreadsheet would run begins with an apostrophe instead, which it
 * shows as text; plain numbers stay numbers.
 */
export function csvCell(value: string | number | null): string {
  if (value === null) return '""';
  const text = String(value);
  const safe = FORMULA.test(text) && !/^-?\d+(\.\d+)?$/.test(text) ? `'${text}` : text;
  return `"${safe.replaceAll('"', '""')}"`;
}

/** Rows as a file, the first the titles; with a byte order mark, by which spreadsheets know that it is UTF-8. */
export function csvText(rows: readonly (readonly (string | number | null)[])[]): string {
  return `\ufeff${rows.map((row) => `${row.map(csvCell).join(',')}\r\n`).join('')}`;
}
