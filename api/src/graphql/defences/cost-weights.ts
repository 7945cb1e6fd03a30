// How many rows a field stands for before anything is known of the data. A connection counts by its own arguments;
// what is no list and not named here counts as the one row that it is.

/** Rows that a plain list is taken to hold, by field name, or by Type.field where types differ. */
export const LIST_SIZES: Readonly<Record<string, number>> = {
  apart: 50,
  approvals: 5,
  assessments: 5,
  behaviors: 5,
  causes: 20,
  claims: 20,
  commonCauses: 20,
  comparisons: 5,
  compositions: 2,
  conditions: 10,
  contentMeasurements: 10,
  contentTags: 200,
  disputes: 2,
  distilledFrom: 2,
  evalRuns: 10,
  evidence: 10,
  frontier: 100,
  graders: 2,
  hypotheses: 5,
  initializedFrom: 2,
  inputs: 25,
  interventions: 5,
  judgedBy: 2,
  kept: 50,
  leftOut: 50,
  lineagePath: 50,
  losses: 10,
  mappings: 5,
  measurements: 25,
  modelVersions: 5,
  others: 50,
  outputs: 5,
  pooled: 50,
  related: 10,
  reportedResults: 10,
  reports: 5,
  retractedMeasurements: 5,
  rewardedBy: 2,
  rows: 100,
  scores: 20,
  shares: 50,
  similarIncidents: 10,
  sources: 10,
  stages: 5,
  statedDatasets: 5,
  suspects: 5,
  synthesizedBy: 2,
  teams: 5,
  testedOn: 5,
  tokensMissing: 5,
  trainingRuns: 5,
  transitions: 10,
  unaccounted: 50,
  versions: 10,
  'AgreementSubject.pairs': 5,
  'EvalSample.conditions': 2,
  'EvalRunComparison.onlyInOne': 10,
  'EvalRunComparison.onlyInTwo': 10,
  'EvalRunComparison.rows': 25,
  'GraderAgreement.subjects': 5,
  'ScoreComparisons.onlyInOne': 10,
  'ScoreComparisons.onlyInTwo': 10,
  'Import.datasets': 5,
  'Import.models': 5,
  'LineagePath.edges': 50,
  'LogModel.candidates': 5,
  'SampleTranscript.messages': 200,
  'SampleTranscript.modelUsage': 2,
  'TranscriptMessage.parts': 5,
  'TranscriptScore.history': 5,
  'LineagePath.nodes': 50,
  '__Schema.types': 400,
  '__Schema.directives': 10,
  '__Type.fields': 12,
  '__Type.inputFields': 8,
  '__Type.enumValues': 8,
  '__Type.interfaces': 2,
  '__Type.possibleTypes': 4,
  '__Field.args': 2,
  '__Directive.args': 2,
};

/** A plain list that is not named above. */
export const UNNAMED_LIST = 50;

/** What a field costs by itself, by Type.field: work over many rows of which few are returned, or slow work. */
export const FIELD_WEIGHTS: Readonly<Record<string, number>> = {
  'EvalRun.graderAgreement': 500,
  'EvalRun.sampleConditions': 1_000,
  'EvalRun.sampleOutcomes': 1_000,
  'EvalRun.sampleScores': 1_000,
  'EvalSample.transcript': 5_000,
  'LineageNode.completeness': 200,
  'LineageNode.impact': 200,
  'Measurement.bootstrapInterval': 200,
  'Measurement.comparability': 100,
  'ModelVersion.exposure': 200,
  'Query.commonCauseComparison': 2_000,
  'Query.commonCauses': 2_000,
  'Query.evalRunComparison': 2_000,
  'Query.largestUnknowns': 2_000,
  'Query.lineageChanges': 1_000,
  'Query.lineagePath': 1_000,
  'Query.lineagePaths': 1_000,
  'Query.measurementComparison': 500,
  'Query.mixtureDiff': 500,
  'Query.scoreComparisons': 1_000,
  'Query.search': 200,
  'Query.similarIncidents': 200,
  'Mutation.createSession': 2_000,
};

/** Every change is a transaction with its events and checks. */
export const MUTATION_WEIGHT = 100;

/** A count reads an index over all that is visible, whatever the page. */
export const COUNT_WEIGHT = 10;

/** The schema is in memory: its parts are cheaper than rows. */
export const INTROSPECTION_SHARE = 0.05;

/** Edges that a lineage is taken to have for each of its nodes. */
export const EDGES_A_NODE = 2;
