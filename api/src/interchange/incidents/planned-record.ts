// What every catalogue's records share on their way into a plan.
import type { IncidentSetting, ReportInput, Severity } from '../../incident/incident.ts';
import type { JsonObject } from '../inspect/inspect-log.ts';
import type { JsonValue } from '../inspect/json-value.ts';
import { asText, finite, member } from '../inspect/plain-values.ts';
import { Losses, mayHoldCredentials } from '../plan-losses.ts';
import { digestOf } from '../plan-values.ts';
import type { FieldTally } from './field-tally.ts';
import { safeUrl, titleOf } from './source-values.ts';

/** References of one record that become reports; the rest stays in the record of what the source says. */
export const MOST_REFERENCES = 200;
const LONGEST_CONTENT = 262_144;

/** What a record says, as it is kept beside the incident: whole, but for what may hold credentials or is too large. */
export function contentOf(
  record: JsonObject,
  tally: FieldTally,
): { content: JsonObject; contentDigest: string } {
  const losses = new Losses();
  const kept = Object.entries(finite(record) as JsonObject).flatMap(([name, value]) => {
    if (mayHoldCredentials(name) && value !== null) {
      tally.leaveOut(name, 'may hold credentials');
      return [];
    }
    const part = losses.bounded(name, value);
    return part === undefined ? [] : [[name, part] as const];
  });
  // Each field may be large, and all of them together larger than one record should be.
  const sizes = kept.map(([name, value]) => ({ name, size: JSON.stringify(value).length }));
  const tooMuch = new Set<string>();
  let whole = sizes.reduce((sum, { size }) => sum + size, 0);
  for (const { name, size } of sizes.sort((a, b) => b.size - a.size)) {
    if (whole <= LONGEST_CONTENT) break;
    tooMuch.add(name);
    whole -= size;
    tally.leaveOut(name, 'with it the record would be larger than is kept (262,144 characters)');
  }
  for (const { field, count, reason } of losses.all) tally.leaveOut(field, reason, count);
  const content = Object.fromEntries(kept.filter(([name]) => !tooMuch.has(name))) as JsonObject;
  return { content, contentDigest: digestOf(content) };
}

/** A reference with an address that a browser may be sent to becomes a link; any other is kept as text. */
export function referenceOf(
  reference: { label: string | null; url: JsonValue | undefined; publisher?: string | null },
  tally: FieldTally,
): ReportInput | null {
  const stated = asText(reference.url, 500);
  const url = safeUrl(reference.url);
  const title = titleOf(reference.label) ?? titleOf(stated);
  if (title === null) return null;
  if (url !== null || stated === null)
    return { title, url, ...(reference.publisher == null ? {} : { publisher: reference.publisher }) };
  tally.warn('A reference has no web address that a browser may be sent to: its address is kept as text.');
  return { title: titleOf(title === stated ? title : `${title} (${stated})`) ?? title, url: null };
}

/** Each reference once, as many as a record may bring. */
export function distinctReports(reports: readonly (ReportInput | null)[], tally: FieldTally): ReportInput[] {
  const found = new Map<string, ReportInput>();
  for (const report of reports)
    if (report !== null) {
      const key = report.url ?? report.title;
      if (!found.has(key)) found.set(key, report);
    }
  const all = [...found.values()];
  if (all.length > MOST_REFERENCES)
    tally.leaveOut(
      'references[]',
      `a record brings ${MOST_REFERENCES} references at most: the rest stays in what the source says`,
      all.length - MOST_REFERENCES,
    );
  return all.slice(0, MOST_REFERENCES);
}

export interface Judged {
  setting: IncidentSetting;
  severity: Severity;
  /** Whether the source itself grades it. */
  stated: boolean;
  /** A sentence that says where the severity comes from. */
  because: string;
}

/** The summary with, at its end, where it comes from and what of it is no assessment. */
export function summaryOf(text: string, provenance: string, judged: Judged): string {
  return `${text}\n\n— ${provenance} ${judged.because}`;
}

/** A text within an object that may be null or of any shape. */
export const textAt = (value: JsonValue | undefined, name: string): string | null =>
  asText(member(value, name));
