// Every enum of the schema, so that all slices share one definition of each.
import { builder } from './builder.ts';

/** Makes an enum whose values are their own names; each value comes with what it means. */
function words<const V extends Record<string, string>>(name: string, description: string, values: V) {
  const described = Object.fromEntries(
    Object.entries(values).map(([value, meaning]) => [value, { value, description: meaning }]),
  );
  return builder.enumType(name, {
    description,
    values: described as { [K in keyof V & string]: { value: K; description: string } },
  });
}

export const LineageNodeKindEnum = words('LineageNodeKind', 'What can stand in a lineage.', {
  SOURCE: 'Where data first came from: a crawl, a publisher, a corpus.',
  DATASET_VERSION: 'One version of a dataset.',
  TRANSFORMATION: 'What made a dataset version of others: a filter, a translation, a mix.',
  TRAINING_RUN: 'One stage of training.',
  MODEL_VERSION: 'One version of a model: a checkpoint.',
  EVAL_RUN: 'One run of an evaluation on a model version.',
  INCIDENT: 'A behaviour that was observed.',
});

export const LineageEdgeKindEnum = words(
  'LineageEdgeKind',
  'How a downstream node depends on an upstream one.',
  {
    GENERATED_BY: 'A dataset version was made by a transformation, a model version by a training run.',
    USED: 'A transformation or training run read a dataset version or source.',
    DERIVED_FROM: 'A dataset version was made of others, by a transformation that is not recorded.',
    INITIALIZED_FROM: 'A training run started from a model version, or from where another run ended.',
    SYNTHESIZED_BY: 'A model version wrote the text.',
    DISTILLED_FROM: 'A training run imitated a teacher model.',
    REWARDED_BY: 'A training run was rewarded by a reward or preference model.',
    REVISES: 'A version replaces an earlier version of the same thing.',
    EVALUATED: 'An eval run examined a model version.',
    OBSERVED_IN: 'An incident was observed in an eval run.',
    EXHIBITED_BY: 'An incident is of a model version.',
    TESTED_ON: 'An eval run took its samples from a dataset version.',
    JUDGED_BY: 'A model version graded an eval run.',
  },
);

export const LineageEdgeGroupEnum = words('LineageEdgeGroup', 'Groups of edge kinds that a search follows.', {
  DATA: 'Where data, or what was learnt from it, went.',
  INFLUENCE: 'Models that wrote, taught or rewarded.',
  REVISION: 'Later versions of the same thing.',
  OBSERVATION: 'What was seen: eval runs of models, incidents of both.',
  EVALUATION: 'What eval runs were made with: test sets and graders.',
});

export const LineageDirectionEnum = words('LineageDirection', 'Which way to follow edges.', {
  UPSTREAM: 'To what a node depends on.',
  DOWNSTREAM: 'To what depends on a node.',
  BOTH: 'What lies upstream and what lies downstream; not what is reached by turning round.',
});

export const TrainingStageEnum = words('TrainingStage', 'What kind of training a run was.', {
  PRETRAINING: 'The first training, on most of the data.',
  MIDTRAINING: 'Training between pretraining and post-training, often on better data.',
  SFT: 'Supervised fine-tuning on examples of answers.',
  PREFERENCE: 'Training on preferences: RLHF with a preference model, DPO and the like.',
  RL: 'Reinforcement learning from rewards that can be checked, or from other signals.',
  DISTILLATION: 'Imitating a teacher model.',
  MERGE: 'Combining the weights of several models.',
  OTHER: 'Anything else.',
});

export const StartedFromEnum = words('StartedFrom', 'What a training run started from.', {
  SCRATCH: 'From random weights.',
  MODEL: 'From a model.',
  UNKNOWN: 'Not known.',
});

export const TransformationEffectEnum = words(
  'TransformationEffect',
  'What a transformation does to the proportions of what it reads.',
  {
    PRESERVES: 'Keeps them: a copy, a tokenisation, a shuffle, a random sample.',
    SELECTS: 'Keeps a part that may be distributed otherwise: a filter, a deduplication.',
    REWRITES: 'Rewrites the text: a translation, a paraphrase.',
    GENERATES: 'Makes new text from what it reads.',
    UNKNOWN: 'Not known.',
  },
);

export const AmountUnitEnum = words('AmountUnit', 'What an amount counts.', {
  FRACTION: 'A part of the whole, from 0 to 1.',
  TOKENS: 'Tokens.',
  ROWS: 'Rows.',
  DOCUMENTS: 'Documents.',
  BYTES: 'Bytes.',
});

export const AmountBasisEnum = words('AmountBasis', 'What the amounts of a composition are amounts of.', {
  CONTRIBUTED: 'Of what went into the output, after repetition.',
  READ: 'Of what was read, whatever became of it.',
});

export const RecordStatusEnum = words(
  'RecordStatus',
  'How what was recorded stands on the date asked about.',
  {
    ASSERTED: 'Somebody asserts it and nobody disputes it.',
    DISPUTED: 'Somebody disputes it.',
    RETRACTED: 'Whoever asserted it took it back.',
  },
);

export const DisputeTargetKindEnum = words('DisputeTargetKind', 'What a dispute can be of.', {
  EDGE: 'One edge.',
  COMPOSITION: 'A whole composition, and with it each of its edges.',
  CLAIM: 'A claim.',
  NODE: 'A node as such.',
});

export const ExposureGroupingEnum = words('ExposureGrouping', 'What exposure is split by.', {
  SOURCE: 'By source, with the models that generated text: parts of one whole.',
  DATASET_VERSION: 'By the direct inputs of each training run: parts of one whole.',
  CONTENT_TAG: 'By content tag: overlapping, each an interval.',
});

export const UnaccountedReasonEnum = words('UnaccountedReason', 'Why a share is not accounted for.', {
  NOT_RECORDED: 'What else went in is not recorded.',
  AMOUNT_UNKNOWN: 'Inputs are recorded, but not how much of each, or their amounts contradict the whole.',
  UNIT_NOT_CONVERTIBLE: 'An amount is stated in a unit that cannot be converted to the one of the whole.',
  PROPORTIONS_CHANGED: 'Several sources went in, and a transformation changed their proportions.',
  ORIGIN_NOT_RECORDED: 'Where this data came from is not recorded.',
  TRAINING_NOT_RECORDED: 'How this model was trained is not recorded.',
});

export const VisibilityEnum = words('Visibility', 'Who may see a record.', {
  PUBLIC: 'Everybody, without signing in.',
  MEMBERS: 'Whoever is signed in.',
  TEAM: 'The team that recorded it, auditors and administrators.',
  RESTRICTED: 'Whoever recorded it, auditors and administrators.',
});

export const CertaintyEnum = words('Certainty', 'How near a citation is to the figure it supports.', {
  PRIMARY: 'The figure stands there, by whoever measured it.',
  SECONDARY: 'Somebody else reports the figure.',
  DERIVED: 'The figure was worked out from what stands there.',
});

export const QualifierEnum = words('Qualifier', 'How exactly a source states a figure.', {
  EXACT: 'As it is.',
  APPROXIMATE: 'About so much.',
  AT_MOST: 'So much or less.',
  AT_LEAST: 'So much or more.',
});

export const SeverityEnum = words('Severity', 'How bad an incident is.', {
  LOW: 'Little harm, or none likely.',
  MEDIUM: 'Some harm, or likely.',
  HIGH: 'Serious harm, or likely.',
  CRITICAL: 'Grave harm, or likely.',
});

export const IncidentSettingEnum = words('IncidentSetting', 'Where a behaviour was observed.', {
  SAFETY_TEST: 'In a test of safety.',
  RED_TEAM: 'While people tried to provoke it.',
  DEPLOYMENT: 'In use.',
  TRAINING: 'In training.',
});

export const IncidentStatusEnum = words('IncidentStatus', 'Where an incident stands in its life.', {
  DRAFT: 'Being written; it has no key yet.',
  SUBMITTED: 'Filed, not looked at yet.',
  TRIAGED: 'Looked at and accepted.',
  INVESTIGATING: 'Its causes are being looked for.',
  MITIGATED: 'Something was done about it.',
  RESOLVED: 'It does not happen any more, as far as is known.',
  CLOSED: 'Nothing more will be done.',
  DUPLICATE: 'Another incident records the same.',
  REJECTED: 'It is no incident.',
  WITHDRAWN: 'Whoever filed it took it back.',
});

export const EvidenceKindEnum = words('EvidenceKind', 'What a piece of evidence is.', {
  TRANSCRIPT: 'What was said, turn by turn.',
  FILE: 'A file.',
  QUOTATION: 'Words from a publication.',
  EVAL_SAMPLE: 'A sample of an eval run.',
});

export const SensitivityEnum = words('Sensitivity', 'How carefully evidence must be shown.', {
  NONE: 'Without a warning.',
  SENSITIVE: 'Behind a warning.',
  HAZARDOUS: 'Behind a warning, and only to whoever needs it.',
});

export const HypothesisStatusEnum = words('HypothesisStatus', 'Where a hypothesis stands.', {
  OPEN: 'Neither supported nor refuted.',
  SUPPORTED: 'The evidence supports it.',
  REFUTED: 'The evidence refutes it.',
  ABANDONED: 'Nobody pursues it.',
});

export const EvidenceDirectionEnum = words('EvidenceDirection', 'What evidence says of a hypothesis.', {
  SUPPORTS: 'It speaks for it.',
  REFUTES: 'It speaks against it.',
  NEUTRAL: 'It decides nothing.',
});

export const EvidenceMethodEnum = words('EvidenceMethod', 'How evidence about a cause was gained.', {
  INFLUENCE_FUNCTION: 'By influence functions.',
  ABLATION: 'By taking something away.',
  MIXING_EXPERIMENT: 'By training on other mixtures.',
  VERBATIM_MATCH: 'By finding the same words.',
  PROBE: 'By probing activations.',
  EXPERT_JUDGEMENT: 'By the judgement of somebody who knows the field.',
  EVALUATION: 'By an evaluation.',
  OTHER: 'In another way.',
});

export const InterventionOutcomeEnum = words('InterventionOutcome', 'What an intervention did.', {
  EFFECTIVE: 'It removed the behaviour, or nearly.',
  PARTIAL: 'It lessened the behaviour.',
  NULL_RESULT: 'No difference was demonstrated.',
  HARMFUL: 'It made matters worse.',
  UNKNOWN: 'Not known.',
});

export const ContentMeasurementMethodEnum = words(
  'ContentMeasurementMethod',
  'How content was measured, the best first.',
  {
    CENSUS: 'Everything was looked at.',
    LABELLED_SAMPLE: 'A sample was labelled.',
    CLASSIFIER_KNOWN_ERROR: 'By a classifier whose errors are known.',
    CLASSIFIER: 'By a classifier.',
    ESTIMATE: 'By estimate.',
  },
);

export const StandardDecisionEnum = words('StandardDecision', 'What somebody decided on a standard.', {
  APPROVED: 'They approved it.',
  DISSENTED: 'They disagreed, and said why.',
  ABSTAINED: 'They took part and decided neither way.',
});

export const ScoringStatusEnum = words('ScoringStatus', 'Where a version of a scoring rule stands.', {
  PROPOSED: 'Somebody proposed it; it is applied to nothing until a person confirms it.',
  BUILT_IN: 'It ships with Headwater and is applied; nobody here confirmed it.',
  CONFIRMED: 'A person confirmed it; imports apply it.',
  SUPERSEDED: 'A later version is confirmed. What this one measured stays.',
  RETRACTED: 'It was taken back. What it measured stays.',
});

export const RegressionRuleKindEnum = words('RegressionRuleKind', 'What a hit of a rule is.', {
  THRESHOLD: 'The lower end of the 95 % interval reaches a threshold.',
  RISE: 'The rate is significantly above that of a chosen baseline.',
});

export const RegressionVerdictEnum = words('RegressionVerdict', 'What a rule says of a measurement.', {
  HIT: 'The behaviour is there, or rose.',
  NO_HIT: 'Not as far as can be shown.',
  NOT_COMPARABLE: 'It cannot be compared with the baseline: something other than the model differs.',
  CANNOT_BE_TESTED: 'Nothing is known of its spread.',
});

export const RegressionActionEnum = words('RegressionAction', 'What a hit did to an incident.', {
  REOPENED: 'It had come to an end, and is investigated again.',
  LINKED: 'The run was added to it: it was open, or the rule looked back.',
  LINKED_BEFORE_END:
    'It came to its end after the run began: the run was added to it, and it was not reopened.',
  DRAFTED: 'It was drafted.',
});

export const GraderKindEnum = words('GraderKind', 'Who or what judges samples.', {
  MODEL: 'A model with a prompt.',
  CLASSIFIER: 'A trained classifier.',
  STRING_MATCH: 'A comparison of texts.',
  HUMAN: 'People.',
  COMBINED: 'Several together.',
  UNKNOWN: 'Not known.',
});

export const JudgedOutcomeEnum = words('JudgedOutcome', 'What a person says of a sample.', {
  EXHIBITED: 'The behaviour was shown.',
  NOT_EXHIBITED: 'It was not shown.',
  UNSCORED: 'They cannot tell.',
  EXCLUDED: 'The sample does not count, such as one that went wrong.',
});

export const EvalRunStatusEnum = words('EvalRunStatus', 'How an eval run ended.', {
  STARTED: 'It has not ended, as far as the record goes.',
  SUCCESS: 'As it should.',
  CANCELLED: 'Somebody stopped it.',
  ERROR: 'By an error.',
  KILLED: 'Its process was ended from outside.',
  UNKNOWN: 'Not known.',
});

export const EvalSampleOrderEnum = words('EvalSampleOrder', 'In which order samples are listed.', {
  LOG: 'As they stand in the log.',
  SAMPLE_ID: 'By their names, then by epoch.',
  ERRORS_FIRST: 'Those that ended in an error first, then as they stand in the log.',
});

export const TranscriptPartKindEnum = words('TranscriptPartKind', 'What a piece of a message is.', {
  TEXT: 'Text.',
  REASONING: 'What the model wrote for itself before it answered.',
  TOOL_CALL: 'A call of a tool, with its arguments as JSON.',
  MEDIA: 'An image, audio, video or document: named, and not shown.',
  DATA: 'Something else that the log has, as JSON.',
});

export const SuspectKindEnum = words('SuspectKind', 'What may be behind an incident.', {
  SOURCE: 'A source.',
  DATASET_VERSION: 'A dataset version.',
  TRAINING_RUN: 'A training run.',
  CONTENT_TAG: 'A kind of content.',
});

export const ImportStatusEnum = words('ImportStatus', 'Where an import stands.', {
  RUNNING: 'The file is being read.',
  SUCCEEDED: 'The file was read.',
  FAILED: 'The file could not be read.',
});

export const ClaimPropertyEnum = words('ClaimProperty', 'What a claim says of a node.', {
  TOKENS: 'How many tokens; of a training run, how many it saw.',
  ROWS: 'How many rows.',
  DOCUMENTS: 'How many documents.',
  BYTES: 'How many bytes.',
  LICENSE: 'Its licence.',
  RELEASED_AT: 'When it was released.',
  TITLE: 'Its title.',
  DESCRIPTION: 'What it is.',
  URL: 'Where to find it.',
  TRAINED_TOKENS: 'How many tokens a model version had seen in all.',
  PARAMETERS: 'How many parameters a model has.',
});

export const RoleEnum = words('Role', 'What an actor may do.', {
  VIEWER: 'Read.',
  REPORTER: 'Read, and record incidents, lineage and evaluations.',
  INVESTIGATOR: 'What a reporter may, and lead investigations.',
  AUDITOR: 'Read everything, and audit.',
  ADMINISTRATOR: 'Everything.',
});

export const InvitationStatusEnum = words(
  'InvitationStatus',
  'Whether an invitation can still be accepted.',
  {
    PENDING: 'Its link is good.',
    ACCEPTED: 'Somebody has joined by it.',
    REVOKED: 'An administrator took it back, or whoever made it is an administrator no more.',
    EXPIRED: 'Nobody used it in time.',
  },
);

export const MemberKindEnum = words('MemberKind', 'What kind of account.', {
  PERSON: 'A person, who signs in.',
  SERVICE: 'A program, which has tokens.',
});

export const ActorKindEnum = words('ActorKind', 'What acts.', {
  PERSON: 'A person.',
  SERVICE: 'A program with a token.',
  SYSTEM: 'Headwater itself.',
});

export const OrderDirectionEnum = words('OrderDirection', 'Which way a list is sorted.', {
  ASC: 'The least first.',
  DESC: 'The greatest first.',
});

export const MixtureChangeEnum = words('MixtureChange', 'How a group differs between two mixtures.', {
  ADDED: 'Only in the second.',
  REMOVED: 'Only in the first.',
  REWEIGHTED: 'In both, with another share.',
  REVISED: 'Another version of the same thing.',
  UNCHANGED: 'In both, with the same share.',
  UNCERTAIN: 'Ranges that overlap: what is known leaves open whether the share differs.',
  NOT_MEASURED:
    'A content tag that was not measured in one or both: its share there is anything from 0 to 1.',
});

export const IncidentOrderFieldEnum = words('IncidentOrderField', 'What incidents are sorted by.', {
  OCCURRED_AT: 'When it happened.',
  RECORDED_AT: 'When it was recorded.',
  UPDATED_AT: 'When it was last changed.',
  SEVERITY: 'How bad it is.',
  KEY: 'Its key.',
  TITLE: 'Its title.',
});

export const ComparisonVerdictEnum = words('ComparisonVerdict', 'What can be said of two measurements.', {
  DEMONSTRATED_DIFFERENCE: 'Their rates differ more than chance explains: p is at most 0.05.',
  NO_DEMONSTRATED_DIFFERENCE:
    'Chance may explain what they differ by. That is no proof that they are the same: the interval says how far apart they may be.',
  NOT_COMPARABLE: 'Something other than the model differs, so nothing is said of a difference.',
  CANNOT_BE_TESTED:
    'They may be compared, but of one the spread is not known: it is a rate alone, or a bound, or nothing was scored.',
});

export const PValueCorrectionEnum = words('PValueCorrection', 'How p is corrected for how many are tested.', {
  HOLM: 'By Holm: the chance of any difference that is none stays below the level.',
  BENJAMINI_HOCHBERG:
    'By Benjamini and Hochberg: of the differences found, the expected fraction that are none stays below the level.',
});

export const CommonCauseStateEnum = words('CommonCauseState', 'What can be said of a common cause.', {
  MORE_EXPOSED:
    "The incidents' model versions are exposed more often than chance explains: p, corrected for how many were tested, is at most 0.05.",
  LESS_EXPOSED: 'They are exposed less often than chance explains, by the same rule.',
  NOT_DISTINGUISHED:
    'They are not distinguished from the others: chance may explain the difference. That is no proof that there is none.',
  TOO_FEW_TO_SAY:
    'Too few model versions of known exposure: with as many exposed in all, even the sharpest division between the two lots would have a p above 0.05. It is not tested.',
});
