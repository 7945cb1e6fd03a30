// Who may do what, whole: every query field, mutation, HTTP route and page. A test fails when one is missing here, or
// is listed and no longer there; the API refuses by this list before anything resolves.
import type { RuleName } from './rules.ts';

/** By the schema's coordinates: `Query.incident` is `QUERY.incident`. */
export const QUERY = {
  behavior: 'everyone',
  behaviors: 'everyone',
  contentTags: 'everyone',
  dataset: 'everyone',
  datasets: 'everyone',
  evalRuns: 'everyone',
  evaluation: 'everyone',
  evaluations: 'everyone',
  grader: 'everyone',
  import: 'everyone',
  incident: 'everyone',
  incidents: 'everyone',
  lineageNode: 'everyone',
  lineagePath: 'everyone',
  mixtureDiff: 'everyone',
  model: 'everyone',
  models: 'everyone',
  node: 'everyone',
  nodes: 'everyone',
  // Nobody is found for who is not a member.
  people: 'everyone',
  search: 'everyone',
  similarIncidents: 'everyone',
  sources: 'everyone',
  standard: 'everyone',
  viewer: 'everyone',
} as const satisfies Record<string, RuleName>;

export const MUTATION = {
  addAlias: 'recordLineage',
  addEvidence: 'fileIncidents',
  addHypothesisEvidence: 'fileIncidents',
  approveStandard: 'recordEvals',
  assertClaim: 'recordLineage',
  assertComposition: 'recordLineage',
  assertEdge: 'recordLineage',
  assessHypothesis: 'fileIncidents',
  changeIncidentStatus: 'fileIncidents',
  createApiToken: 'ownAccount',
  createSession: 'everyone',
  dispute: 'recordLineage',
  fileIncident: 'fileIncidents',
  linkIncident: 'fileIncidents',
  openHypothesis: 'fileIncidents',
  publishStandard: 'recordEvals',
  recordContentMeasurement: 'recordLineage',
  recordEvalRun: 'recordEvals',
  recordIntervention: 'fileIncidents',
  recordMeasurement: 'recordEvals',
  recordReportedResult: 'recordEvals',
  recordTrainingRun: 'recordLineage',
  recordTransformation: 'recordLineage',
  registerBehavior: 'recordEvals',
  registerDatasetVersion: 'recordLineage',
  registerEvaluation: 'recordEvals',
  registerGrader: 'recordEvals',
  registerModelVersion: 'recordLineage',
  registerSource: 'recordLineage',
  renewSession: 'everyone',
  retract: 'recordLineage',
  revealEvidence: 'reveal',
  revokeApiToken: 'ownAccount',
  revokeSession: 'signedIn',
  shareWith: 'share',
  updateIncident: 'fileIncidents',
} as const satisfies Record<string, RuleName>;

/** What within an input is for fewer than the mutation is. */
export const INPUT = {
  'AssessHypothesisInput.status': 'judge',
} as const satisfies Record<string, RuleName>;

/** What the API server answers beside GraphQL, as it is registered: method and path. */
export const ROUTE = {
  'GET /evidence/:id': 'everyone',
  'GET /healthz': 'everyone',
  'GET /readyz': 'everyone',
  'POST /evidence': 'fileIncidents',
  'POST /import': 'recordEvals',
  'USE /graphql': 'everyone',
} as const satisfies Record<string, RuleName>;

/** The web's pages and its own two routes: for whom they are. What they show and do, the API decides. */
export const PAGE = {
  '/': 'everyone',
  '/api/auth/[...nextauth]': 'everyone',
  '/api/evidence': 'fileIncidents',
  '/api/evidence/[id]': 'everyone',
  '/api/graphql': 'everyone',
  '/behaviors': 'everyone',
  '/behaviors/[name]': 'everyone',
  '/datasets': 'everyone',
  '/datasets/[name]': 'everyone',
  '/datasets/[name]/[version]': 'everyone',
  '/eval-runs': 'everyone',
  '/eval-runs/[name]': 'everyone',
  '/evaluations': 'everyone',
  '/evaluations/[name]': 'everyone',
  '/incidents': 'everyone',
  '/incidents/[key]': 'everyone',
  '/incidents/new': 'fileIncidents',
  '/lineage/[ref]': 'everyone',
  '/models': 'everyone',
  '/models/[name]': 'everyone',
  '/models/[name]/[version]': 'everyone',
  '/models/diff': 'everyone',
  '/sign-in': 'everyone',
  '/sources': 'everyone',
  '/sources/[name]': 'everyone',
} as const satisfies Record<string, RuleName>;

export type MutationName = keyof typeof MUTATION;
export type QueryName = keyof typeof QUERY;
