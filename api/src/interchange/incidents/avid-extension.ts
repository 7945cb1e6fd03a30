// What an AVID report has no field for, under a name of our own that other readers pass over.
import type { IncidentSetting, ReportInput, Severity } from '../../incident/incident.ts';
import type { JsonObject } from '../inspect/inspect-log.ts';
import type { JsonValue } from '../inspect/json-value.ts';
import { isObject, member } from '../inspect/plain-values.ts';
import { textAt } from './planned-record.ts';
import { dayOf } from './source-values.ts';

export const EXTENSION = 'headwater';

const SETTINGS: readonly IncidentSetting[] = ['SAFETY_TEST', 'RED_TEAM', 'DEPLOYMENT', 'TRAINING'];
const SEVERITIES: readonly Severity[] = ['LOW', 'MEDIUM', 'HIGH', 'CRITICAL'];

export interface StatedByExport {
  setting: IncidentSetting | null;
  severity: Severity | null;
  occurredAt: Date | null;
}

/** What the installation that exported a report recorded; null of what it does not say. */
export function statedByExport(record: JsonObject): StatedByExport {
  const stated = record[EXTENSION];
  const word = <W extends string>(words: readonly W[], name: string) =>
    words.find((one) => one === textAt(stated, name)) ?? null;
  return {
    setting: word(SETTINGS, 'setting'),
    severity: word(SEVERITIES, 'severity'),
    occurredAt: dayOf(member(stated, 'occurredAt')),
  };
}

/** What a reference says beside its label and address. */
export function statedOfReference(reference: JsonValue): Partial<ReportInput> {
  const stated = member(reference, EXTENSION);
  if (!isObject(stated)) return {};
  const publishedAt = dayOf(stated.publishedAt);
  const texts = (['publisher', 'author', 'language'] as const).flatMap((name) => {
    const text = textAt(stated, name);
    return text === null ? [] : [[name, text] as const];
  });
  return { ...Object.fromEntries(texts), ...(publishedAt === null ? {} : { publishedAt }) };
}
