// Records of the AI Incident Database (https://incidentdatabase.ai): its exports in JSON and CSV, and what its API answers.
import type { ReportInput } from '../../incident/incident.ts';
import type { JsonObject } from '../inspect/inspect-log.ts';
import type { JsonValue } from '../inspect/json-value.ts';
import { asText, asTexts, isObject, member } from '../inspect/plain-values.ts';
import type { FieldTally } from './field-tally.ts';
import type { PlannedRecord, RecordPart } from './planned-incident.ts';
import { contentOf, distinctReports, type Judged, referenceOf, summaryOf, textAt } from './planned-record.ts';
import { dayOf, firstSentence, safeUrl, titleOf, wording } from './source-values.ts';

const BESIDE = 'in the record of what the source says';
const PARTIES = `names of parties, as text ${BESIDE}`;

/** As what the fields of the database are kept. Everything stays, besides, in the record of what the source says. */
export const AIID_KEPT: Readonly<Record<string, string>> = {
  incident_id: 'id in the catalogue',
  'Incident ID': 'id in the catalogue',
  'AIID URL': 'the catalogue’s page, made from the id',
  title: 'title of the incident or of the report',
  description: 'summary',
  Summary: 'summary; its first sentence is the title where there is none',
  date: 'when it happened',
  Date: 'when it happened',
  reports: 'numbers of reports in the press, which become reports of the incident where they are brought in',
  'Alleged deployer of AI system': PARTIES,
  'Alleged developer of AI system': PARTIES,
  'Alleged harmed or nearly harmed parties': PARTIES,
  AllegedDeployerOfAISystem: PARTIES,
  AllegedDeveloperOfAISystem: PARTIES,
  AllegedHarmedOrNearlyHarmedParties: PARTIES,
  'Alleged deployer': PARTIES,
  'Alleged developer': PARTIES,
  'Alleged harmed parties': PARTIES,
  implicated_systems: `names of systems, linked where the name is the reference of a recorded model version, name@version; ${BESIDE}`,
  'Model Name': `name of a model, linked where the name is the reference of a recorded model version, name@version; ${BESIDE}`,
  editor_similar_incidents: 'related incidents, where they were brought in',
  nlp_similar_incidents:
    'related incidents, where they were brought in, as similar by the catalogue’s computation',
  editors: `as text, ${BESIDE}`,
  editor_notes: `as text, ${BESIDE}`,
  namespace: `name of the taxonomy, ${BESIDE}`,
  attributes: `classification of the incident, ${BESIDE}`,
  incidents: 'the incidents that are classified',
  sameAs: 'report with a link',
  source_namespace: 'publisher of the report',
  report_number: 'number of a report in the press, by which incidents list it',
  url: 'link of the report',
  authors: 'author of the report',
  source_domain: 'publisher of the report',
  date_published: 'day of the report',
  language: 'language of the report or translation',
  duplicate_incident_number: 'related incidents: a duplicate, as the catalogue says',
  true_incident_number: 'related incidents: a duplicate, as the catalogue says',
};

/** Large, computed from the rest or the press's own: never read into memory. */
export const AIID_PASSED: Readonly<Record<string, string>> = {
  embedding: 'computed from the texts',
  vector: 'computed from the texts',
  tsne: 'computed from the texts',
  text: 'the text of a report stays with its publisher',
  plain_text: 'the text of a report stays with its publisher',
};

/** What other lists of the database hold, by fields that no other has. None of them is an incident. */
const NO_INCIDENTS: readonly (readonly [string, readonly string[]])[] = [
  ['a taxonomy', ['namespace', 'field_list']],
  ['parties without an incident', ['entity_id', 'name']],
  ['duplicates of parties', ['duplicate_entity_id']],
  ['relations of parties', ['sub', 'obj', 'pred']],
  ['checklists of risks', ['risks', 'tags_goals']],
  ['submissions that the database has not accepted', ['incident_title']],
  ['submissions that the database has not accepted', ['incident_date', 'url']],
  ['words of one taxonomy for those of another', ['fieldMappings']],
  ['similarities that were computed', ['incident_id', 'similarity']],
  ['similarities that were computed', ['embedding', 'incidents']],
  ['a page of the press without an incident', ['date_downloaded', 'image_url']],
];
const INCIDENTS: readonly (readonly string[])[] = [
  ['incident_id'],
  ['Incident ID'],
  ['report_number'],
  ['namespace', 'attributes'],
  ['duplicate_incident_number'],
  ['incidents', 'reports'],
  ['incidents', 'classifications'],
];

const hasAll = (names: readonly string[], wanted: readonly string[]) =>
  wanted.every((name) => names.includes(name));

/** Whether a record, or an object of lists, with fields of these names is the database's. */
export function isAiid(names: readonly string[]): boolean {
  return INCIDENTS.some((wanted) => hasAll(names, wanted)) || notIncidents(names) !== null;
}

function notIncidents(names: readonly string[]): string | null {
  return NO_INCIDENTS.find(([, wanted]) => hasAll(names, wanted))?.[0] ?? null;
}

/** None where the record is no incident and says nothing of one: the tally then tells so. */
export function aiidRecords(record: JsonObject, place: string, tally: FieldTally): PlannedRecord[] {
  const names = Object.keys(record);
  const other = names.includes('report_number') ? null : notIncidents(names);
  if (other !== null) {
    tally.leaveOut(
      `${place.replace(/ [\d,]+$/, 's')}: ${names.slice(0, 3).join(', ')}…`,
      `these are ${other}`,
    );
    return [];
  }
  tally.walk(record);
  const kept = contentOf({ ...record, ...reportNumbers(record) }, tally);
  const base = {
    catalogue: 'AIID' as const,
    place,
    reportNumber: null,
    incident: null,
    reports: [],
    related: [],
    ...kept,
  };
  const about = (part: RecordPart, externalId: string, more: Partial<PlannedRecord> = {}): PlannedRecord => ({
    ...base,
    part,
    externalId,
    url: pageOf(externalId),
    ...more,
  });
  const number = idOf(record.report_number);
  if (number !== null) return pressReport(record, Number(number), base, tally);
  if (isObject(record) && Array.isArray(record.attributes)) {
    const incidents = idsIn(record.incidents);
    if (incidents.length === 0) tally.leaveOut(place, 'a classification of no incident');
    return incidents.map((id) => about('classification', id));
  }
  const duplicate = idOf(record.duplicate_incident_number);
  const remaining = idOf(record.true_incident_number);
  if (duplicate !== null && remaining !== null)
    return [
      about('duplicate', duplicate, { related: [{ externalId: remaining, relation: 'is a duplicate of' }] }),
    ];
  const id = idOf(record.incident_id ?? record['Incident ID']);
  if (id === null) {
    tally.leaveOut(place, 'the record names no incident');
    return [];
  }
  if (record.sameAs !== undefined) {
    const publisher = asText(record.source_namespace, 200);
    const label = `${publisher ?? 'Another catalogue'} on incident ${id} of the AI Incident Database`;
    const report = referenceOf({ label, url: record.sameAs, publisher }, tally);
    return [about('link', id, { reports: report === null ? [] : [report] })];
  }
  const described = wording(record.description) ?? wording(record.Summary);
  const title = titleOf(asText(record.title, 2_000)) ?? firstSentence(described);
  if (title === null) return [about('classification', id)];
  if (record.language !== undefined && record.date === undefined) return [about('translation', id)];
  return [incidentOf(record, about('incident', id), { title, described }, tally)];
}

function incidentOf(
  record: JsonObject,
  base: PlannedRecord,
  { title, described }: { title: string; described: string | null },
  tally: FieldTally,
): PlannedRecord {
  const id = base.externalId!;
  const stated = record.date ?? record.Date;
  const occurredAt = dayOf(stated);
  if (stated !== undefined && stated !== null && stated !== '' && occurredAt === null)
    tally.warn('A date cannot be read as a day: when it happened is left unknown.');
  tally.warn(JUDGED.because);
  const own: ReportInput = {
    title: `Incident ${id}: ${title}`,
    publisher: 'AI Incident Database',
    url: base.url,
  };
  return {
    ...base,
    incident: {
      title,
      summary: summaryOf(
        described ?? title,
        `Brought in from the AI Incident Database, incident ${id}. Who developed, deployed and was harmed is what it alleges.`,
        JUDGED,
      ),
      setting: JUDGED.setting,
      severity: JUDGED.severity,
      occurredAt,
      models: [...new Set([...namesIn(record.implicated_systems), ...namesIn(record['Model Name'])])],
      results: [],
    },
    reports: distinctReports([own, ...reportsWithin(record, tally)], tally),
    related: similar(record, id),
  };
}

/** The database lists harm, or nearly harm, by systems in use; it grades none of it. */
const JUDGED: Judged = {
  setting: 'DEPLOYMENT',
  severity: 'LOW',
  stated: false,
  because:
    'The database grades no severity of its own: LOW is the least that can be recorded, and no assessment.',
};

function pressReport(
  record: JsonObject,
  reportNumber: number,
  base: Omit<PlannedRecord, 'part' | 'externalId' | 'url'>,
  tally: FieldTally,
): PlannedRecord[] {
  const report = reportOf(record, tally);
  if (report === null || report.url == null) {
    tally.leaveOut('report_number', 'a report without a web address, or a translation of one');
    return [];
  }
  return [{ ...base, part: 'press report', externalId: null, url: null, reportNumber, reports: [report] }];
}

/** A report in the press, as the database describes it. */
function reportOf(record: JsonObject, tally: FieldTally): ReportInput | null {
  const authors = Array.isArray(record.authors)
    ? asTexts(record.authors)
    : [asText(record.authors, 300) ?? ''];
  const author = titleOf(authors.filter((name) => name !== '').join(', '));
  const publisher = asText(record.source_domain, 200);
  const found = referenceOf({ label: asText(record.title, 2_000), url: record.url, publisher }, tally);
  if (found === null) return null;
  const language = asText(record.language, 20);
  return { ...found, author, publishedAt: dayOf(record.date_published), language };
}

/** The API answers an incident with its reports within it; the exports list their numbers. */
function reportsWithin(record: JsonObject, tally: FieldTally): (ReportInput | null)[] {
  const stated = Array.isArray(record.reports) ? record.reports.filter(isObject) : [];
  return stated.map((one) => (safeUrl(one.url) === null ? null : reportOf(one, tally)));
}

function reportNumbers(record: JsonObject): JsonObject {
  if (!Array.isArray(record.reports)) return {};
  const numbers = record.reports.map((one) =>
    Number(idOf(isObject(one) ? one.report_number : one) ?? Number.NaN),
  );
  return { reports: numbers.filter((number) => Number.isSafeInteger(number)) };
}

const MOST_RELATED = 50;

function similar(record: JsonObject, own: string): PlannedRecord['related'] {
  const by = (field: string, relation: string) =>
    idsIn(record[field]).map((externalId) => ({ externalId, relation }));
  const all = [
    ...by('editor_similar_incidents', 'similar, as editors of the source say'),
    ...by('nlp_similar_incidents', 'similar, as the source computes'),
  ].filter(({ externalId }) => externalId !== own);
  return [...new Map(all.reverse().map((one) => [one.externalId, one])).values()]
    .reverse()
    .slice(0, MOST_RELATED);
}

const pageOf = (id: string) => `https://incidentdatabase.ai/cite/${id}/`;

/** The database numbers its incidents and reports from 1. */
function idOf(value: JsonValue | undefined): string | null {
  const text = asText(isObject(value) ? value.incident_id : value, 20)?.trim() ?? '';
  return /^[1-9]\d{0,8}$/.test(text) ? text : null;
}

function idsIn(value: JsonValue | undefined): string[] {
  const list = Array.isArray(value) ? value : [value ?? null];
  return [...new Set(list.flatMap((one) => idOf(one) ?? []))];
}

function namesIn(value: JsonValue | undefined): string[] {
  const list = Array.isArray(value) ? value : [value ?? null];
  return list.flatMap(
    (one) => textAt(one, 'name') ?? asText(isObject(one) ? member(one, 'entity_id') : one, 200) ?? [],
  );
}
