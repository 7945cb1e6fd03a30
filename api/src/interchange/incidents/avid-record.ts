// A report or vulnerability of the AI Vulnerability Database (https://avidml.org), in its schema 0.1 to 0.3.
import type { IncidentSetting, Severity } from '../../incident/incident.ts';
import type { JsonObject } from '../inspect/inspect-log.ts';
import { asNumber, asText, asTexts, isObject, member } from '../inspect/plain-values.ts';
import { EXTENSION, type StatedByExport, statedByExport, statedOfReference } from './avid-extension.ts';
import { MOST_RESULTS, metricResults } from './avid-metrics.ts';
import type { FieldTally } from './field-tally.ts';
import type { PlannedRecord } from './planned-incident.ts';
import { contentOf, distinctReports, type Judged, referenceOf, summaryOf, textAt } from './planned-record.ts';
import { dayOf, firstSentence, titleOf, wording } from './source-values.ts';

/** As what the fields of AVID are kept. Everything stays, besides, in the record of what the source says. */
export const AVID_KEPT: Readonly<Record<string, string>> = {
  data_type: 'name of the catalogue',
  data_version: 'in the record of what the source says',
  metadata: 'id in the catalogue, where the record has one',
  'metadata.report_id': 'id in the catalogue',
  'metadata.vuln_id': 'id in the catalogue',
  affects:
    'names of models and systems, linked where the name is the reference of a recorded model version, name@version',
  'affects.developer': 'text, in the record of what the source says',
  'affects.deployer': 'text, in the record of what the source says',
  'affects.artifacts': 'names of models and systems, and subject of the reported results',
  problemtype: 'title; setting, derived',
  'problemtype.classof': 'setting of the incident, derived',
  'problemtype.type': 'setting of the incident, derived',
  'problemtype.description': 'title',
  metrics: 'reported results, each with a citation of the record; no measurements',
  references: 'reports, with a link where the address is a web address',
  description: 'summary',
  'description.value': 'summary',
  impact: 'severity, derived where CVSS states one; taxonomies stay in the record of what the source says',
  'impact.cvss': 'severity, derived from its base severity',
  'impact.avid': 'taxonomy, in the record of what the source says',
  credit: 'text, in the record of what the source says',
  credits: 'text, in the record of what the source says',
  reported_date: 'day of the report on the catalogue; when it happened stays unknown',
  published_date: 'day of the report on the catalogue; when it happened stays unknown',
  last_modified_date: 'in the record of what the source says',
  [EXTENSION]: 'setting, severity and day of the incident, as recorded where the report was exported from',
  reports: 'related incidents, where they were brought in; in the record of what the source says',
};

export function isAvid(record: JsonObject): boolean {
  return record.data_type === 'AVID' || (isObject(record.affects) && isObject(record.problemtype));
}

/** Null where it says neither what happened nor to what: the tally then tells so. */
export function avidRecord(record: JsonObject, place: string, tally: FieldTally): PlannedRecord | null {
  const vulnerability = textAt(record.metadata, 'vuln_id');
  const externalId = idOf(textAt(record.metadata, 'report_id') ?? vulnerability);
  const problem = wording(member(record.problemtype, 'description'));
  const described = wording(record.description);
  const title = titleOf(problem) ?? firstSentence(described);
  if (title === null) {
    tally.leaveOut(place, 'the record says neither in its problemtype nor in its description what happened');
    return null;
  }
  tally.walk(record);
  const url = externalId === null ? null : `https://avidml.org/database/${externalId.toLowerCase()}/`;
  const name = `AVID ${vulnerability === null ? 'report' : 'vulnerability'}`;
  const reported = dayOf(record.reported_date) ?? dayOf(record.published_date);
  const exported = statedByExport(record);
  const judged = judge(record, exported);
  if (!judged.stated) tally.warn(judged.because);
  const models = artifactNames(record);
  const results = metricResults(record.metrics, models.length === 1 ? models[0]! : null);
  if (results.length > MOST_RESULTS)
    tally.leaveOut(
      'metrics[]',
      `${MOST_RESULTS} figures of a record become reported results`,
      results.length - MOST_RESULTS,
    );
  const own =
    externalId === null
      ? []
      : [{ title: `${name} ${externalId}`, publisher: 'AVID', url, publishedAt: reported }];
  return {
    catalogue: 'AVID',
    part: vulnerability === null ? 'report' : 'vulnerability',
    place,
    externalId,
    reportNumber: null,
    url,
    ...contentOf(record, tally),
    incident: {
      title,
      summary: summaryOf(described ?? problem ?? title, provenance(name, externalId, reported), judged),
      setting: judged.setting,
      severity: judged.severity,
      occurredAt: exported.occurredAt,
      models,
      results: results.slice(0, MOST_RESULTS),
    },
    reports: distinctReports([...own, ...references(record, tally)], tally),
    related: relatedReports(record, externalId),
  };
}

/** An id that can be told apart from text; a template's placeholder is none. */
function idOf(stated: string | null): string | null {
  return stated !== null && /^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$/.test(stated) ? stated : null;
}

function provenance(name: string, externalId: string | null, reported: Date | null): string {
  const day = reported === null ? '' : `, reported on ${reported.toISOString().slice(0, 10)}`;
  return `Brought in from an ${name}${externalId === null ? ' without an id' : `, ${externalId}`}${day}.`;
}

function references(record: JsonObject, tally: FieldTally) {
  const stated = Array.isArray(record.references) ? record.references.filter(isObject) : [];
  return stated.map((one) => {
    const report = referenceOf({ label: asText(one.label), url: one.url }, tally);
    return report === null ? null : { ...report, ...statedOfReference(one) };
  });
}

function artifactNames(record: JsonObject): string[] {
  const artifacts = member(record.affects, 'artifacts');
  if (!Array.isArray(artifacts)) return [];
  const named = artifacts.filter((one) => textAt(one, 'type') !== 'Dataset');
  return [...new Set(named.flatMap((one) => textAt(one, 'name') ?? []))];
}

/** A vulnerability names the reports that it sums up, and a report the vulnerability that it belongs to. */
function relatedReports(record: JsonObject, own: string | null): PlannedRecord['related'] {
  const summed = Array.isArray(record.reports) ? record.reports.map((one) => textAt(one, 'report_id')) : [];
  const under = textAt(member(record.impact, 'avid'), 'vuln_id');
  return [
    ...summed.map((id) => ({ externalId: idOf(id), relation: 'is reported by' })),
    { externalId: idOf(under), relation: 'belongs to the vulnerability' },
  ].flatMap(({ externalId, relation }) =>
    externalId === null || externalId === own ? [] : [{ externalId, relation }],
  );
}

const CVSS: Readonly<Record<string, Severity>> = {
  LOW: 'LOW',
  MEDIUM: 'MEDIUM',
  HIGH: 'HIGH',
  CRITICAL: 'CRITICAL',
};

function judge(record: JsonObject, exported: StatedByExport): Judged {
  const setting = exported.setting ?? settingOf(record);
  if (exported.severity !== null)
    return {
      setting,
      severity: exported.severity,
      stated: true,
      because: 'The severity is the one recorded where the report was exported from.',
    };
  const cvss = member(record.impact, 'cvss');
  const stated = textAt(cvss, 'baseSeverity')?.toUpperCase() ?? '';
  const severity = Object.hasOwn(CVSS, stated) ? CVSS[stated]! : null;
  const score = asNumber(member(cvss, 'baseScore'));
  return {
    setting,
    severity: severity ?? 'LOW',
    stated: severity !== null,
    because:
      severity === null
        ? 'AVID assesses no severity: LOW is the least that can be recorded, and no assessment.'
        : `The severity is the base severity of CVSS that it states${score === null ? '' : ` (${score})`}.`,
  };
}

/**
 * AVID has no field for it. What was measured or detected by tests, or is classed an evaluation, was seen in a test;
 * third parties' reports of what an attempt to break a model brought, and ATLAS' case studies of attacks, are red
 * teaming; everything else concerns what is in use.
 */
function settingOf(record: JsonObject): IncidentSetting {
  const classof = textAt(record.problemtype, 'classof');
  if (classof === 'Third-party Report' || classof === 'ATLAS Case Study') return 'RED_TEAM';
  const type = asTexts([member(record.problemtype, 'type') ?? null])[0];
  if (classof === 'LLM Evaluation' || type === 'Measurement' || type === 'Detection') return 'SAFETY_TEST';
  return 'DEPLOYMENT';
}
