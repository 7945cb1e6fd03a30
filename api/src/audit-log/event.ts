// Everything that can happen here, as the timeline and the log tell it.

/**
 * Somebody, by the name that they had and the global id of their account: names change, and several may have the same.
 * Events from before the ids were told have the name alone.
 */
export interface Whom {
  member: string;
  memberId: string;
}

/**
 * Node ids are bigint inside; the log stores them as decimal strings. Nothing is counted that may be narrower than the
 * event, such as the inputs of a dataset version: those are read of the thing itself, as far as one sees them. Events from
 * before 29 November 2026 may have such counts, which are not told.
 */
export type Event =
  | { type: 'SOURCE_REGISTERED'; ref: string }
  | { type: 'DATASET_VERSION_REGISTERED'; ref: string }
  | { type: 'TRANSFORMATION_RECORDED'; ref: string; output: string | null }
  | { type: 'MODEL_VERSION_REGISTERED'; ref: string; trainingRun: string | null }
  | { type: 'TRAINING_RUN_RECORDED'; ref: string; stage: string }
  | { type: 'EVALUATION_REGISTERED'; evaluation: string; version: string }
  | { type: 'GRADER_REGISTERED'; grader: string; version: string }
  | { type: 'BEHAVIOR_REGISTERED'; behavior: string }
  | { type: 'STANDARD_PUBLISHED'; standard: string; version: string }
  | { type: 'STANDARD_DECIDED'; standard: string; version: string; by: string; decision: string }
  | { type: 'EVAL_RUN_RECORDED'; ref: string }
  | { type: 'MEASUREMENT_RECORDED'; evalRun: string; behavior: string }
  | { type: 'SCORING_RULE_PROPOSED'; rule: string; version: number }
  | { type: 'SCORING_RULE_CONFIRMED'; rule: string; version: number }
  | { type: 'EVAL_RUN_RESCORED'; evalRun: string; rule: string; version: number }
  | { type: 'MODEL_ALIAS_CONFIRMED'; name: string; ref: string }
  | { type: 'REGRESSION_RULE_CREATED'; rule: string }
  | { type: 'REGRESSION_RULE_RETIRED'; rule: string; reason: string }
  | { type: 'REGRESSION_RULE_LOOKED_BACK'; rule: string; since: string }
  | { type: 'REGRESSION_EXAMINED'; rule: string; measurements: number; hits: number }
  | { type: 'REPORTED_RESULT_RECORDED'; statement: string }
  | { type: 'COMPOSITION_ASSERTED'; node: string; replaced: boolean; reason: string | null }
  | {
      type: 'EDGE_ASSERTED';
      kind: string;
      downstream: string;
      upstream: string;
      replaced: boolean;
      reason: string | null;
    }
  | {
      type: 'CLAIM_ASSERTED';
      node: string;
      property: string;
      value: string;
      replaced: boolean;
      reason: string | null;
    }
  | { type: 'DISPUTED'; target: string; statement: string }
  | { type: 'RETRACTED'; target: string; reason: string | null; replacedBy: string | null }
  | { type: 'ALIAS_ADDED'; alias: string; ref: string }
  | { type: 'CONTENT_MEASURED'; ref: string; tag: string; fraction: number; method: string }
  | { type: 'INCIDENT_FILED'; title: string; draft: boolean }
  | { type: 'INCIDENT_UPDATED'; fields: string[] }
  | { type: 'INCIDENT_STATUS_CHANGED'; from: string; to: string; comment: string | null }
  | { type: 'INCIDENT_LINKED'; added: string[]; removed: string[]; reason: string | null }
  | { type: 'EVIDENCE_ADDED'; title: string; kind: string; digest: string }
  | { type: 'EVIDENCE_REVEALED'; title: string; reason: string }
  | { type: 'EVIDENCE_KEYS_REWRAPPED'; objects: number }
  | { type: 'HYPOTHESIS_OPENED'; statement: string }
  | { type: 'HYPOTHESIS_EVIDENCE_ADDED'; statement: string; direction: string; method: string }
  | {
      type: 'HYPOTHESIS_ASSESSED';
      statement: string;
      confidence: string;
      status: string | null;
      dissent: boolean;
    }
  | { type: 'INTERVENTION_RECORDED'; title: string; outcome: string }
  | {
      /** One batch of a file of lineage or of document handles: its lines, and the SHA-256 of what was read of them. */
      type: 'LINES_IMPORTED';
      fileName: string;
      format: string;
      digest: string;
      firstLine: number;
      lastLine: number;
      content: string;
    }
  | { type: 'IMPORT_REVEALED'; fileName: string; digest: string; reason: string }
  | {
      type: 'IMPORT_REREAD';
      fileName: string;
      digest: string;
      /** The eval run on whose timeline it stands; none where none was made. Older events name others. */
      refs: string[];
    }
  | { type: 'LOG_IMPORTED'; fileName: string; format: string; digest: string; ref: string | null }
  | {
      type: 'SHARED';
      target: string;
      from: string;
      to: string;
      /** How many are named; null where that stays as it was. */
      people: number | null;
      embargoedUntil: string | null;
    }
  | { type: 'SESSION_CREATED' }
  | { type: 'SESSION_REVOKED'; sessions: number }
  | { type: 'PASSWORD_CHANGED'; sessions: number }
  | ({ type: 'PASSWORD_RESET_OFFERED' } & Whom)
  | { type: 'PASSWORD_RESET'; sessions: number }
  | { type: 'PROFILE_CHANGED'; name: string }
  | { type: 'IDENTITY_LINKED'; issuer: string; bySession?: boolean }
  | { type: 'IDENTITY_UNLINKED'; issuer: string; sessions: number }
  | { type: 'MEMBER_INVITED'; role: string; team: string }
  | { type: 'INVITATION_REVOKED'; role: string; team: string }
  | { type: 'MEMBER_JOINED'; name: string; role: string; by: 'INVITATION' | 'PROVIDER' }
  | ({ type: 'MEMBER_ROLE_CHANGED'; from: string; to: string } & Whom)
  | ({ type: 'MEMBER_DISABLED' } & Whom)
  | ({ type: 'MEMBER_ENABLED' } & Whom)
  | ({ type: 'MEMBER_SESSIONS_REVOKED'; sessions: number } & Whom)
  | { type: 'SERVICE_ACCOUNT_CREATED'; name: string; memberId: string; role: string; team: string }
  | { type: 'TEAM_CREATED'; team: string; namespace: string }
  | ({ type: 'TEAM_MEMBER_ADDED'; team: string } & Whom)
  | ({ type: 'TEAM_MEMBER_REMOVED'; team: string } & Whom)
  | {
      type: 'API_TOKEN_CREATED';
      name: string;
      tokenId: string;
      scopes: string[];
      owner?: string;
      ownerId: string;
    }
  | { type: 'API_TOKEN_REVOKED'; name: string; tokenId: string; ownerId: string }
  | { type: 'ADMINISTRATOR_CREATED' };

export type EventType = Event['type'];

/** A row beside the nodes of which alone an event tells, by its internal id. */
export interface ToldOf {
  type: 'Evidence' | 'Hypothesis' | 'EvalRun' | 'ReportedResult';
  id: bigint;
}

/**
 * What an event is about: nodes whose timeline shows it, and how wide it may be seen; `apart` where it names what some do
 * not see who see the node, whose named people it is not for then. With the row that it is `of` it is narrowed and opened;
 * that is told to nobody. `forOwner`: what is told apart is told to whoever owns a node that is hidden from them otherwise.
 * By the word of `teamId` it is shown, where that is not the team in whose name its author acts.
 */
export interface EventSubject {
  nodes?: readonly bigint[];
  of?: ToldOf;
  visibility?: 'PUBLIC' | 'MEMBERS' | 'TEAM' | 'RESTRICTED';
  apart?: boolean;
  forOwner?: boolean;
  teamId?: bigint;
}

/** Of what is told to the team, the owner and who reads everything, and to nobody for being named on the node, now or later. */
export const CLOSED = { apart: true, forOwner: true } as const satisfies EventSubject;
