// How many rows a field stands for before anything is known of the data. A connection counts by its own arguments;
// what is no list and not named here counts as the one row that it is.
import { DEFAULT_LIMIT } from '../../lineage/traversal.ts';
import { IMPORT_COST } from './limits.ts';

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

/** The arguments of a field as they were coerced, and the type of the thing that its own parent was asked of. */
export type Weighed = (args: Readonly<Record<string, unknown>>, above: string | null) => number;

/** Nodes that a lineage holds at most, by its `limit`: it is worked out whole, whichever of its fields are selected. */
export const lineageLimit = (args: Readonly<Record<string, unknown>>): number =>
  Math.max(1, typeof args.limit === 'number' ? args.limit : DEFAULT_LIMIT);

/** Where kinds are selected, up to 100,000 nodes of any kind are looked at: ten of them are taken for one row. */
const KINDS_WEIGHT = 10_000;

/** What one thing is made of is worked out over all that lies upstream of it. */
const EXPOSURE_WEIGHT = 200;
const UPSTREAM_WEIGHT = 50;

/** Types whose edges come with their shares; the share of any other edge is worked out for it. */
const SHARES_AT_HAND: ReadonlySet<string> = new Set([
  'LineageGraph',
  'LineagePath',
  'LineageChanges',
  'LineageEdgeRemoval',
  'LineageShareChange',
  'LineageDispute',
  'TrainingInput',
]);
const shareOfEdge: Weighed = (_args, above) =>
  above !== null && SHARES_AT_HAND.has(above) ? 0 : UPSTREAM_WEIGHT / 2;

/** What a list of samples is chosen or sorted by, over all samples of the run. */
const SAMPLE_CHOICES = ['search', 'score', 'outcome', 'condition', 'behavior', 'orderBy', 'errorOnly'];

/**
 * What a field costs by itself, by Type.field: work over many rows of which few are returned, or slow work. A function
 * where that is for the arguments to say.
 */
export const FIELD_WEIGHTS: Readonly<Record<string, number | Weighed>> = {
  'Composition.scaled': UPSTREAM_WEIGHT,
  'Composition.unaccounted': UPSTREAM_WEIGHT,
  'EvalRun.graderAgreement': 500,
  'EvalRun.sampleConditions': 1_000,
  'EvalRun.sampleOutcomes': 1_000,
  'EvalRun.sampleScores': 1_000,
  'EvalRun.samples': (args) => (SAMPLE_CHOICES.some((choice) => args[choice] != null) ? 1_000 : 0),
  'EvalSample.transcript': 5_000,
  'LineageEdge.share': shareOfEdge,
  'LineageEdge.shareUpper': shareOfEdge,
  'LineageNode.completeness': 200,
  'LineageNode.impact': 200,
  // Beside what is selected of it, which counts its limit at least.
  'LineageNode.lineage': (args) => (args.kinds == null ? 0 : KINDS_WEIGHT),
  // Draws of as many clusters as the measurement has, which only the data tell.
  'Measurement.bootstrapInterval': ({ resamples }) =>
    typeof resamples === 'number' ? Math.max(200, resamples / 10) : 200,
  'Measurement.comparability': 100,
  'ModelVersion.exposure': EXPOSURE_WEIGHT,
  'ModelVersion.trainingRuns': UPSTREAM_WEIGHT,
  'ModelVersion.truncations': UPSTREAM_WEIGHT,
  'Query.commonCauseComparison': 2_000,
  'Query.commonCauses': 2_000,
  'Query.evalRunComparison': 2_000,
  'Query.largestUnknowns': 2_000,
  'Query.lineageChanges': 1_000,
  'Query.lineageNode': 20,
  'Query.lineagePath': 1_000,
  'Query.lineagePaths': 1_000,
  'Query.measurementComparison': 500,
  'Query.mixtureDiff': 500,
  'Query.regressionLookBack': 1_000,
  'Query.regressionPreview': 1_000,
  'Query.scoreComparisons': 1_000,
  'Query.scoringPreview': 1_000,
  'Query.search': 200,
  'Query.similarIncidents': 200,
  'SampleTranscript.hits': 100,
  'TrainingRun.exposure': EXPOSURE_WEIGHT,
  'TrainingRun.inputs': UPSTREAM_WEIGHT,
  'TrainingRun.truncations': UPSTREAM_WEIGHT,
  'TrainingRun.unaccounted': EXPOSURE_WEIGHT,
  'Mutation.createSession': 2_000,
  // As much work as a file that is sent.
  'Mutation.rereadImport': IMPORT_COST,
  'Mutation.rescoreEvalRun': IMPORT_COST,
};

/** A list that is searched for a text looks at more than it returns. */
export const SEARCH_WEIGHT = 100;

/** Every change is a transaction with its events and checks; each value of its input counts besides. */
export const MUTATION_WEIGHT = 100;

/** A count reads an index over all that is visible, whatever the page. */
export const COUNT_WEIGHT = 10;

/** The schema is in memory: its parts are cheaper than rows. */
export const INTROSPECTION_SHARE = 0.05;

/** Lists of a page of a connection, each as long as it. */
export const LISTS_OF_PAGE: Readonly<Record<string, number>> = { nodes: 1, edges: 1 };

/** Lists that `limit` bounds, by the type that holds them: how many elements each has for one of the limit. */
export const LISTS_BY_LIMIT: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  // A lineage is taken to have two edges for each of its nodes.
  LineageGraph: { nodes: 1, edges: 2 },
  LineageChanges: {
    nodesAdded: 1,
    nodesRemoved: 1,
    edgesAdded: 1,
    edgesRemoved: 1,
    sharesChanged: 1,
    disputes: 1,
  },
};
