// An incident as a report of the AI Vulnerability Database (https://avidml.org), as its schema 0.2 and this reader have it.
import type { IncidentFacts, ReportRow } from '../../incident/incident.ts';
import type { JsonObject } from '../inspect/inspect-log.ts';
import type { JsonValue } from '../inspect/json-value.ts';
import { asTexts, isObject, member } from '../inspect/plain-values.ts';
import { EXTENSION } from './avid-extension.ts';
import { metricResults } from './avid-metrics.ts';
import type { PlannedResult } from './planned-incident.ts';
import { textAt } from './planned-record.ts';

interface Truncation {
  /** The field of the report that is cut. */
  field: string;
  shown: number;
  /** Null where nobody counted them. */
  total: number | null;
}

export interface ExportedIncident {
  facts: Pick<
    IncidentFacts,
    'key' | 'title' | 'summary' | 'setting' | 'severity' | 'occurredAt' | 'submittedAt'
  >;
  /** `name@version` of those linked to it. */
  models: readonly string[];
  results: readonly PlannedResult[];
  reports: readonly Omit<ReportRow, 'id' | 'incidentId'>[];
  /** Of which of these there are more than are told. */
  truncations: readonly Truncation[];
  /** What AVID says of it, where it was brought in from there; null where it was reported here first. */
  origin: JsonObject | null;
}

/** AVID's words for a setting, where the incident brings none of its own. */
const CLASSES = {
  SAFETY_TEST: { classof: 'LLM Evaluation', type: 'Measurement' },
  TRAINING: { classof: 'LLM Evaluation', type: 'Detection' },
  RED_TEAM: { classof: 'Third-party Report', type: 'Issue' },
  DEPLOYMENT: { classof: 'AIID Incident', type: 'Issue' },
} as const;

/**
 * The report. Where the incident came from AVID, what AVID says of it is kept, id and taxonomies included, and what is
 * recorded here since stands in place of it or beside it. AVID gives ids itself: an incident reported here has none. Where
 * there is more of something than is told, our own part of the report says of what, so that it does not look whole.
 */
export function avidReport(incident: ExportedIncident): JsonObject {
  const { facts, origin, truncations } = incident;
  const { data_version, metadata, affects, problemtype, impact, credit, reported_date, ...rest } =
    origin ?? {};
  const classes = CLASSES[facts.setting];
  return {
    ...rest,
    data_type: 'AVID',
    data_version: data_version ?? '0.2',
    metadata: metadata ?? null,
    affects: {
      developer: asTexts(member(affects, 'developer')),
      deployer: asTexts(member(affects, 'deployer')),
      artifacts: artifactsOf(member(affects, 'artifacts'), incident.models),
    },
    problemtype: {
      classof: textAt(problemtype, 'classof') ?? classes.classof,
      type: member(problemtype, 'type') ?? classes.type,
      description: { lang: 'eng', value: facts.title },
    },
    metrics: metricsOf(origin?.metrics, incident.results),
    references: referencesOf(origin?.references, incident.reports),
    description: { lang: 'eng', value: withoutProvenance(facts.summary) },
    impact: impact ?? null,
    credit: credit ?? null,
    reported_date: reported_date ?? facts.submittedAt?.toISOString().slice(0, 10) ?? null,
    [EXTENSION]: {
      key: facts.key,
      setting: facts.setting,
      severity: facts.severity,
      occurredAt: facts.occurredAt?.toISOString() ?? null,
      ...(truncations.length === 0 ? {} : { truncations: truncations.map((one) => ({ ...one })) }),
    },
  };
}

const PROVENANCE = '\n\n— Brought in from an AVID ';

/** An import ends the summary with where it came from, which the next one does for itself. */
function withoutProvenance(summary: string): string {
  let end = summary.length;
  while (end >= PROVENANCE.length) {
    const at = summary.lastIndexOf(PROVENANCE, end - PROVENANCE.length);
    if (at < 0 || summary.slice(at + PROVENANCE.length, end).includes('\n')) break;
    end = at;
  }
  return summary.slice(0, end);
}

function artifactsOf(stated: JsonValue | undefined, models: readonly string[]): JsonValue[] {
  const own = Array.isArray(stated) ? stated.filter(isObject) : [];
  const named = new Set(own.map((one) => textAt(one, 'name')));
  return [...own, ...models.filter((name) => !named.has(name)).map((name) => ({ type: 'Model', name }))];
}

function metricsOf(stated: JsonValue | undefined, results: readonly PlannedResult[]): JsonValue[] {
  const told = new Set(metricResults(stated, null).map(({ statement }) => statement));
  const ours = results.filter(({ statement }) => !told.has(statement));
  return [
    ...(Array.isArray(stated) ? stated : []),
    ...ours.map(({ statement, value, subject }) => ({ name: statement, value, [EXTENSION]: { subject } })),
  ];
}

function referencesOf(stated: JsonValue | undefined, reports: ExportedIncident['reports']): JsonValue[] {
  const own = Array.isArray(stated) ? stated.filter(isObject) : [];
  const told = new Set(own.flatMap((one) => [textAt(one, 'url'), textAt(one, 'label')]));
  const ours = reports.filter(
    ({ title, url }) => !told.has(url ?? title) && !(url ?? '').startsWith('https://avidml.org/database/'),
  );
  return [
    ...own,
    ...ours.map(({ title, url, publisher, author, publishedAt, language }) => ({
      type: 'source',
      label: title,
      ...(url === null ? {} : { url }),
      [EXTENSION]: { publisher, author, publishedAt: publishedAt?.toISOString() ?? null, language },
    })),
  ];
}
