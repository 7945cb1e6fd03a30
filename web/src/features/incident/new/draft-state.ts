import type { FileIncidentInput } from '../../../graphql/generated/graphql.ts';
import type { Option } from '../../../ui/Combobox.tsx';
import { reportsOf } from '../reports-of.ts';
import { splitSuspects } from '../split-suspects.ts';
import { SETTINGS, SEVERITIES, VISIBILITIES } from '../words.ts';

/** An eval sample to be added as evidence; its value is its id. */
export interface CarriedSample extends Option {
  /** The eval run that it is of, by reference; null where a draft of an older form does not say. */
  run: string | null;
}

/** What is in the form, as it is kept in the browser until it is filed. */
export interface DraftState {
  title: string;
  summary: string;
  setting: (typeof SETTINGS)[number];
  severity: (typeof SEVERITIES)[number];
  visibility: (typeof VISIBILITIES)[number];
  occurredOn: string;
  behaviors: Option[];
  modelVersions: Option[];
  evalRuns: Option[];
  suspects: Option[];
  /** Eval samples that are added as evidence once it is filed, whatever eval runs are chosen above them. */
  samples: CarriedSample[];
  /** People named besides; values are their ids. */
  sharedWith: Option[];
  /** Local, to the minute, as the browser's field gives it; empty for none. */
  embargoedUntil: string;
  reportTitle: string;
  reportUrl: string;
}

export const EMPTY: DraftState = {
  title: '',
  summary: '',
  setting: 'SAFETY_TEST',
  severity: 'MEDIUM',
  visibility: 'MEMBERS',
  occurredOn: '',
  behaviors: [],
  modelVersions: [],
  evalRuns: [],
  suspects: [],
  samples: [],
  sharedWith: [],
  embargoedUntil: '',
  reportTitle: '',
  reportUrl: '',
};

const oneOf = <Value extends string>(value: unknown, allowed: readonly Value[], otherwise: Value): Value =>
  allowed.find((one) => one === value) ?? otherwise;
const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');

function optionsOf(value: unknown): Option[] {
  if (!Array.isArray(value)) return [];
  return value.flatMap((one: unknown) => {
    if (typeof one !== 'object' || one === null) return [];
    const { value: ref, label } = one as Partial<Option>;
    return typeof ref === 'string' && typeof label === 'string' ? [{ value: ref, label }] : [];
  });
}

/** The run is kept with its sample: what else the form says of eval runs may be changed, and is no source of it. */
function samplesOf(value: unknown): CarriedSample[] {
  if (!Array.isArray(value)) return [];
  return value.flatMap((one: unknown) =>
    optionsOf([one]).map((option) => {
      const { run } = one as Partial<CarriedSample>;
      return { ...option, run: typeof run === 'string' && run !== '' ? run : null };
    }),
  );
}

/** A draft as it was kept; what an older version of the form wrote, or nobody, falls back to the defaults. */
export function parseDraft(kept: string | null): DraftState | null {
  if (!kept) return null;
  let raw: unknown;
  try {
    raw = JSON.parse(kept);
  } catch {
    return null;
  }
  if (typeof raw !== 'object' || raw === null) return null;
  const from = raw as Record<string, unknown>;
  return {
    title: textOf(from.title),
    summary: textOf(from.summary),
    setting: oneOf(from.setting, SETTINGS, EMPTY.setting),
    severity: oneOf(from.severity, SEVERITIES, EMPTY.severity),
    visibility: oneOf(from.visibility, VISIBILITIES, EMPTY.visibility),
    occurredOn: textOf(from.occurredOn),
    behaviors: optionsOf(from.behaviors),
    modelVersions: optionsOf(from.modelVersions),
    evalRuns: optionsOf(from.evalRuns),
    suspects: optionsOf(from.suspects),
    samples: samplesOf(from.samples),
    sharedWith: optionsOf(from.sharedWith),
    embargoedUntil: textOf(from.embargoedUntil),
    reportTitle: textOf(from.reportTitle),
    reportUrl: textOf(from.reportUrl),
  };
}

/** What is kept for the next visit: labels and references, without what the search said beside them. */
export const serializeDraft = (draft: DraftState): string =>
  JSON.stringify(draft, (key, value: unknown) => (key === 'detail' ? undefined : value));

/** What an address brings along, in the place of what was kept of an earlier form: it was asked for now. */
export function withBrought(kept: DraftState, brought: Partial<DraftState>): DraftState {
  const named = Object.entries(brought).filter(([, value]) => Array.isArray(value) && value.length > 0);
  return { ...kept, ...Object.fromEntries(named) };
}

export const isUntouched = (draft: DraftState): boolean => serializeDraft(draft) === serializeDraft(EMPTY);

const refs = (options: readonly Option[]): string[] => options.map((option) => option.value);

/** A local time as a moment; null for none, or for what is no time (the field itself refuses that). */
function momentOf(local: string): string | null {
  const at = new Date(local);
  return local === '' || Number.isNaN(at.getTime()) ? null : at.toISOString();
}

/** The form as the mutation takes it. A draft may lack its title and text; the API says what filing needs. */
export function toInput(draft: DraftState, asDraft: boolean): Omit<FileIncidentInput, 'idempotencyKey'> {
  return {
    title: draft.title.trim(),
    summary: draft.summary.trim(),
    setting: draft.setting,
    severity: draft.severity,
    visibility: draft.visibility,
    sharedWith: refs(draft.sharedWith),
    embargoedUntil: momentOf(draft.embargoedUntil),
    occurredAt: draft.occurredOn ? `${draft.occurredOn}T00:00:00.000Z` : null,
    behaviors: refs(draft.behaviors),
    modelVersions: refs(draft.modelVersions),
    evalRuns: refs(draft.evalRuns),
    ...splitSuspects(draft.suspects),
    reports: reportsOf(draft.reportTitle, draft.reportUrl),
    draft: asDraft,
  };
}

/** The first field of the form that a failure's path is about; null where it is about none. */
export function fieldOf(path: readonly string[]): string | null {
  const [head] = path;
  if (!head) return null;
  const names: Record<string, string> = {
    occurredAt: 'occurredOn',
    suspectTags: 'suspects',
    reports: 'reportTitle',
  };
  if (head === 'reports' && path.includes('url')) return 'reportUrl';
  const name = Object.hasOwn(names, head) ? names[head] : head;
  return name && Object.hasOwn(EMPTY, name) ? name : null;
}
