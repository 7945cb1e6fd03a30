import type { SearchParams } from '@/features/catalogue/catalogue-state.ts';

/** What the address says: which incidents, by key or reference, and the threshold, as a share. */
export interface Chosen {
  incidents: string[];
  threshold: number;
}

/** The shares that one can choose among; published ones are rounded by about the first. */
export const THRESHOLDS = [0.001, 0.01, 0.1] as const;

/** More than the API compares; one more than that is still sent, so that it says so. */
const MOST_SENT = 51;

export function readChosen(params: SearchParams): Chosen {
  const asked = params.incidents ?? [];
  const named = (Array.isArray(asked) ? asked : [asked]).map((one) => one.trim()).filter(Boolean);
  const threshold = THRESHOLDS.find((one) => String(one) === params.threshold) ?? THRESHOLDS[0];
  return { incidents: [...new Set(named)].slice(0, MOST_SENT), threshold };
}

/** A key is short enough to type; anything else is a reference already. */
export const refOf = (incident: string): string =>
  /^MBI-/i.test(incident) ? `incident:${incident.toUpperCase()}` : incident;
