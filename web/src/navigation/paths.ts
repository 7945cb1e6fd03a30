/** The one place that knows what the addresses of the pages look like. */

type Value = string | number | null | undefined | readonly string[];

const segment = (value: string): string => encodeURIComponent(value);

/** A route's dynamic segment as it was before `segment` encoded it; a broken encoding stays as it is. */
export function fromSegment(value: string): string {
  try {
    return decodeURIComponent(value);
  } catch {
    return value;
  }
}

/** `?a=1&b=x&b=y` in the order given, leaving out what is empty; '' where nothing is left. */
export function queryString(values: Record<string, Value>): string {
  const params = new URLSearchParams();
  for (const [name, value] of Object.entries(values)) {
    for (const one of Array.isArray(value) ? value : [value]) {
      if (one !== null && one !== undefined && one !== '') params.append(name, String(one));
    }
  }
  const text = params.toString();
  return text === '' ? '' : `?${text}`;
}

export interface IncidentListState {
  search?: string | null;
  status?: readonly string[];
  severity?: readonly string[];
  setting?: readonly string[];
  behavior?: readonly string[];
  model?: readonly string[];
  mine?: string | null;
  sort?: string | null;
  dir?: string | null;
  after?: string | null;
  before?: string | null;
  peek?: string | null;
}

export interface NewIncidentState {
  evalRun?: string | readonly string[] | null;
  modelVersion?: string | readonly string[] | null;
  behavior?: readonly string[];
  /** The ids of eval samples that it carries as evidence, and beside each what to call it. */
  sample?: readonly string[];
  sampleName?: readonly string[];
}

/** Which samples of an eval run are listed. */
export interface SampleListState {
  outcome?: string | null;
  behavior?: string | null;
  condition?: string | null;
  scorer?: string | null;
  part?: string | null;
  value?: string | null;
  find?: string | null;
  errors?: '1' | null;
  sort?: string | null;
}

/** By which method the intervals of compared rates are made: analytic where it says nothing. */
export interface IntervalState {
  intervals?: 'bootstrap' | null;
  resamples?: number | null;
  seed?: number | null;
}

type Page = { after?: string | null; before?: string | null };

type ListState = { search?: string | null; after?: string | null; before?: string | null };

const list =
  (base: string) =>
  (state: ListState = {}) =>
    `${base}${queryString({ search: state.search, after: state.after, before: state.before })}`;

export const paths = {
  home: () => '/',
  about: () => '/',
  signIn: (next?: string) => `/sign-in${queryString({ next: next === '/' ? null : next })}`,
  /** With `done`, what was done before it: signing in was only what should have come next. */
  signInFailed: (error: string, done?: 'password' | 'joined') => `/sign-in${queryString({ error, done })}`,
  link: (provider: string) => `/api/link${queryString({ provider })}`,
  linked: (provider: string) => `/account${queryString({ linked: provider })}`,
  linkFailed: (error: string) => `/account${queryString({ error })}`,
  account: (page: Page = {}) => `/account${queryString({ ...page })}`,
  members: (state: { search?: string | null; after?: string | null; before?: string | null } = {}) =>
    `/members${queryString({ ...state })}`,
  invitations: (page: Page = {}) => `/members/invitations${queryString({ ...page })}`,
  teams: (page: Page = {}) => `/members/teams${queryString({ ...page })}`,
  serviceAccounts: (page: Page = {}) => `/members/service-accounts${queryString({ ...page })}`,
  /** The secret stands behind the #, which browsers send to no server and to no other site. */
  invitation: (token: string) => `/invitation#${token}`,
  passwordReset: (token: string) => `/password-reset#${token}`,
  incidents: (state: IncidentListState = {}) => `/incidents${queryString({ ...state })}`,
  incident: (key: string) => `/incidents/${segment(key)}`,
  newIncident: (state: NewIncidentState = {}) => `/incidents/new${queryString({ ...state })}`,
  editIncident: (key: string) => `/incidents/${segment(key)}/edit`,
  datasets: list('/datasets'),
  dataset: (name: string, page: Page = {}) => `/datasets/${segment(name)}${queryString({ ...page })}`,
  datasetVersion: (name: string, version: string) => `/datasets/${segment(name)}/${segment(version)}`,
  /** Where documents with a digest are held. */
  documents: (state: { digest?: string | null; after?: string | null } = {}) =>
    `/documents${queryString({ ...state })}`,
  import: (id: string) => `/imports/${segment(id)}`,
  models: list('/models'),
  model: (name: string, page: Page = {}) => `/models/${segment(name)}${queryString({ ...page })}`,
  modelVersion: (name: string, version: string) => `/models/${segment(name)}/${segment(version)}`,
  modelDiff: (
    chosen: { from?: string | null; to?: string | null; by?: string | null; asOf?: string | null } = {},
  ) => `/models/diff${queryString({ ...chosen })}`,
  evaluations: list('/evaluations'),
  evaluation: (name: string) => `/evaluations/${segment(name)}`,
  /** All eval runs, or those of an evaluation, whatever its version. */
  evalRuns: (state: ListState & { evaluation?: string | null } = {}) =>
    `/eval-runs${queryString({ evaluation: state.evaluation, search: state.search, after: state.after, before: state.before })}`,
  evalRun: (name: string) => `/eval-runs/${segment(name)}`,
  evalRunSamples: (name: string, state: SampleListState = {}) =>
    `/eval-runs/${segment(name)}${queryString({ ...state })}#samples`,
  evalSample: (name: string, sampleId: string, epoch: number, message?: number) =>
    `/eval-runs/${segment(name)}/samples/${segment(sampleId)}${queryString({ epoch: epoch === 1 ? null : epoch })}${message === undefined ? '' : `#message-${message}`}`,
  /** Where a person judges the samples of a run; what is left out is asked for. */
  judge: (
    name: string,
    state: { behavior?: string | null; grader?: string | null; condition?: string | null } = {},
  ) => `/eval-runs/${segment(name)}/judge${queryString({ ...state })}`,
  scoringRules: list('/scoring-rules'),
  scoringRule: (name: string) => `/scoring-rules/${segment(name)}`,
  /** A new rule, begun from what is known of it; or a new version of a rule. */
  proposeScoringRule: (
    state: {
      rule?: string | null;
      evaluation?: string | null;
      scorer?: string | null;
      key?: string | null;
      run?: string | null;
    } = {},
  ) => `/scoring-rules/new${queryString({ ...state })}`,
  /** The rules of the regression watch. */
  regressions: (state: ListState & { behavior?: string | null; retired?: '1' | null } = {}) =>
    `/regressions${queryString({ ...state })}`,
  regressionRule: (id: string, page: Page = {}) => `/regressions/${segment(id)}${queryString({ ...page })}`,
  newRegressionRule: (
    state: { behavior?: string | null; model?: string | null; incident?: string | null } = {},
  ) => `/regressions/new${queryString({ ...state })}`,
  notifications: (state: Page & { all?: '1' | null } = {}) => `/notifications${queryString({ ...state })}`,
  sources: list('/sources'),
  source: (name: string) => `/sources/${segment(name)}`,
  behaviors: list('/behaviors'),
  behavior: (name: string, page: Page = {}) => `/behaviors/${segment(name)}${queryString({ ...page })}`,
  /** Its rates against what model versions were exposed to. */
  dose: (name: string, chosen: { of?: string | null; stage?: string | null } = {}) =>
    `/behaviors/${segment(name)}/dose${queryString({ ...chosen })}`,
  /** Two eval runs or two model versions side by side; `drawn` says how the intervals of their rates are made. */
  compare: (one?: string | null, two?: string | null, drawn: IntervalState = {}) =>
    `/compare${queryString({ one, two, intervals: drawn.intervals, resamples: drawn.resamples, seed: drawn.seed })}`,
  /** Pairs of model versions before and after something was done, by the metrics of one evaluation. */
  beforeAfter: (chosen: {
    evaluation?: string | null;
    pairs?: readonly { before: string; after: string; series?: string | null }[];
  }) =>
    `/compare/before-after${queryString({
      evaluation: chosen.evaluation,
      pair: chosen.pairs?.map(
        ({ before, after, series }) =>
          `${series ? `${series.replaceAll('|', ' ')}|` : ''}${before}..${after}`,
      ),
    })}`,
  unknowns: (page: { after?: string | null } = {}) => `/unknowns${queryString({ ...page })}`,
  lineage: (
    ref: string,
    state: { direction?: 'downstream' | 'both'; asOf?: string | null; view?: 'table' } = {},
  ) => `/lineage/${segment(ref)}${queryString({ ...state })}`,
  impact: (ref: string, state: { asOf?: string | null } = {}) =>
    `/lineage/${segment(ref)}/impact${queryString({ ...state })}`,
  commonCauses: (chosen: { incidents?: readonly string[]; threshold?: number | null } = {}) =>
    `/common-causes${queryString({ ...chosen })}`,
  evidenceFile: (id: string, reveal?: string | null) =>
    `/api/evidence/${segment(id)}${queryString({ reveal })}`,
  /** The incident as a report of AVID. */
  incidentFile: (key: string) => `/api/incidents/${segment(key)}${queryString({ format: 'avid' })}`,
  importFile: (id: string, reveal?: string | null) => `/api/imports/${segment(id)}${queryString({ reveal })}`,
  ofRef: pathOfRef,
} as const;

/**
 * The page of a node by its reference (`dataset:the-pile@1.0`, a global id, …).
 * Kinds that have no page of their own open in the lineage view. With `asOf`, as known at that moment.
 */
export function pathOfRef(ref: string, { asOf }: { asOf?: string | null } = {}): string {
  return `${pageOfRef(ref)}${queryString({ asOf })}`;
}

function pageOfRef(ref: string): string {
  const colon = ref.indexOf(':');
  const kind = ref.slice(0, Math.max(0, colon));
  const rest = ref.slice(colon + 1);
  const at = rest.lastIndexOf('@');
  switch (kind) {
    case 'source':
      return paths.source(rest);
    case 'incident':
      return paths.incident(rest);
    case 'eval-run':
      return paths.evalRun(rest);
    case 'dataset':
      return at > 0 ? paths.datasetVersion(rest.slice(0, at), rest.slice(at + 1)) : paths.dataset(rest);
    case 'model':
      return at > 0 ? paths.modelVersion(rest.slice(0, at), rest.slice(at + 1)) : paths.model(rest);
    default:
      return paths.lineage(ref);
  }
}

/** Stands for this site, whatever it is called, and is nobody's. */
const HERE = 'http://same.invalid';

/** A path of this site to go on to, or the home page: never another origin, never a scheme. */
export function safeNext(next: string | null | undefined): string {
  if (!next?.startsWith('/') || /^\/[/\\]/.test(next) || /[\s\\]/.test(next)) return '/';
  const url = new URL(next, HERE);
  const path = `${url.pathname}${url.search}${url.hash}`;
  // Reading folds `/..//evil` to `//evil`, which a browser takes for another host: what comes out counts.
  return url.origin === HERE && !path.startsWith('//') ? path : '/';
}
