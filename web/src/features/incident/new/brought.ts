// What an address brings into the form, and the address that brings it again.
import { type NewIncidentState, paths } from '../../../navigation/paths.ts';
import type { DraftState } from './draft-state.ts';

/** As many as one form carries along. */
const MOST_SAMPLES = 20;

type Params = Record<string, string | string[] | undefined>;

/** What of the form an address can fill. */
export type Brought = Pick<DraftState, 'evalRuns' | 'modelVersions' | 'behaviors' | 'samples'>;

/**
 * References in the address (`?evalRun=…&modelVersion=…`) come chosen in the form. Its samples are of its eval run;
 * where it names several, of which one is not known.
 */
export function broughtOf(params: Params): Brought {
  const plain = (name: string) => [params[name] ?? []].flat();
  const chosen = (name: string) =>
    plain(name).map((ref) => ({ value: ref, label: ref.slice(ref.indexOf(':') + 1) }));
  const runs = plain('evalRun');
  const run = (runs.length === 1 && runs[0]) || null;
  const names = plain('sampleName');
  return {
    evalRuns: chosen('evalRun'),
    modelVersions: chosen('modelVersion'),
    behaviors: plain('behavior').map((name) => ({ value: name, label: name })),
    samples: plain('sample')
      .slice(0, MOST_SAMPLES)
      .map((id, nth) => ({ value: id, label: names[nth] ?? 'An eval sample', run })),
  };
}

/** The address of the form with the same brought along: to come back to after signing in. */
export function addressOf(brought: Brought): string {
  const state: NewIncidentState = {
    evalRun: brought.evalRuns.map((one) => one.value),
    modelVersion: brought.modelVersions.map((one) => one.value),
    behavior: brought.behaviors.map((one) => one.value),
    sample: brought.samples.map((one) => one.value),
    sampleName: brought.samples.map((one) => one.label),
  };
  return paths.newIncident(state);
}
