// What an event says in one sentence, for a timeline.
import type { Event } from './event.ts';

type Tell = { [T in Event['type']]: (event: Extract<Event, { type: T }>) => string };

const because = (reason: string | null | undefined) =>
  reason == null || reason === '' ? '.' : `: ${reason}`;
const count = (n: number, one: string, many = `${one}s`) => `${n} ${n === 1 ? one : many}`;
/** What evidence does to a hypothesis, as a verb. */
const BEARING: Readonly<Record<string, string>> = {
  SUPPORTS: 'supports',
  REFUTES: 'refutes',
  NEUTRAL: 'decides nothing about',
};
const lower = (text: string) => text.toLowerCase().replaceAll('_', ' ');

const TELL: Tell = {
  SOURCE_REGISTERED: (e) => `Registered ${e.ref}.`,
  DATASET_VERSION_REGISTERED: (e) => `Registered ${e.ref}.`,
  TRANSFORMATION_RECORDED: (e) => `Recorded ${e.ref}${e.output === null ? '' : `, which made ${e.output}`}.`,
  MODEL_VERSION_REGISTERED: (e) =>
    `Registered ${e.ref}${e.trainingRun === null ? '' : `, made by ${e.trainingRun}`}.`,
  TRAINING_RUN_RECORDED: (e) => `Recorded ${e.ref} (${lower(e.stage)}).`,
  EVALUATION_REGISTERED: (e) => `Registered the evaluation ${e.evaluation} ${e.version}.`,
  GRADER_REGISTERED: (e) => `Registered the grader ${e.grader} ${e.version}.`,
  BEHAVIOR_REGISTERED: (e) => `Registered the behaviour ${e.behavior}.`,
  STANDARD_PUBLISHED: (e) => `Published the standard ${e.standard} ${e.version}.`,
  STANDARD_DECIDED: (e) => `${e.by} ${lower(e.decision)}: the standard ${e.standard} ${e.version}.`,
  EVAL_RUN_RECORDED: (e) => `Recorded ${e.ref}.`,
  MEASUREMENT_RECORDED: (e) => `Recorded a measurement of ${e.behavior} in ${e.evalRun}.`,
  SCORING_RULE_PROPOSED: (e) => `Proposed version ${e.version} of the scoring rule ${e.rule}.`,
  SCORING_RULE_CONFIRMED: (e) => `Confirmed version ${e.version} of the scoring rule ${e.rule}.`,
  EVAL_RUN_RESCORED: (e) => `Scored ${e.evalRun} anew by version ${e.version} of the rule ${e.rule}.`,
  MODEL_ALIAS_CONFIRMED: (e) => `Confirmed that logs mean ${e.ref} by ${e.name}.`,
  REGRESSION_RULE_CREATED: (e) => `Made the rule ${e.rule} of the regression watch.`,
  REGRESSION_RULE_RETIRED: (e) => `Retired the rule ${e.rule} of the regression watch${because(e.reason)}`,
  REGRESSION_RULE_LOOKED_BACK: (e) =>
    `Had the rule ${e.rule} of the regression watch look back to ${e.since.slice(0, 10)}.`,
  REGRESSION_EXAMINED: (e) =>
    `The rule ${e.rule} looked at ${count(e.measurements, 'measurement')}: ${count(e.hits, 'hit')}.`,
  REPORTED_RESULT_RECORDED: (e) => `Recorded a reported result: ${e.statement}`,
  COMPOSITION_ASSERTED: (e) =>
    `${e.replaced ? 'Corrected' : 'Stated'} what ${e.node} was made of${because(e.reason)}`,
  EDGE_ASSERTED: (e) =>
    `${e.replaced ? 'Corrected' : 'Stated'} that ${e.downstream} is joined to ${e.upstream} (${lower(e.kind)})${because(e.reason)}`,
  CLAIM_ASSERTED: (e) =>
    `${e.replaced ? 'Corrected' : 'Stated'} the ${lower(e.property)} of ${e.node} as ${e.value}${because(e.reason)}`,
  DISPUTED: (e) => `Disputed ${e.target}: ${e.statement}`,
  RETRACTED: (e) =>
    `Retracted ${e.target}${e.replacedBy === null ? '' : ` in favour of ${e.replacedBy}`}${because(e.reason)}`,
  ALIAS_ADDED: (e) => `Added the name ${e.alias} for ${e.ref}.`,
  CONTENT_MEASURED: (e) => `Measured ${e.tag} in ${e.ref}: ${e.fraction} (${lower(e.method)}).`,
  INCIDENT_FILED: (e) => `${e.draft ? 'Began a draft' : 'Filed the incident'}: ${e.title}`,
  INCIDENT_UPDATED: (e) => `Changed ${e.fields.join(', ')}.`,
  INCIDENT_STATUS_CHANGED: (e) => `Moved from ${lower(e.from)} to ${lower(e.to)}${because(e.comment)}`,
  INCIDENT_LINKED: (e) => {
    const parts = [
      e.added.length > 0 ? `Linked ${e.added.join(', ')}` : '',
      e.removed.length > 0 ? `took back ${count(e.removed.length, 'link')}` : '',
    ].filter((part) => part !== '');
    const text = parts.join(' and ');
    return `${text.charAt(0).toUpperCase()}${text.slice(1)}${because(e.reason)}`;
  },
  EVIDENCE_ADDED: (e) => `Added evidence (${lower(e.kind)}): ${e.title}`,
  EVIDENCE_REVEALED: (e) => `Opened restricted evidence, ${e.title}${because(e.reason)}`,
  EVIDENCE_KEYS_REWRAPPED: (e) =>
    `Wrapped the keys of ${count(e.objects, 'sealed object')} under the newest master key.`,
  HYPOTHESIS_OPENED: (e) => `Opened a hypothesis: ${e.statement}`,
  HYPOTHESIS_EVIDENCE_ADDED: (e) =>
    `Added evidence that ${BEARING[e.direction] ?? 'bears on'} a hypothesis, by ${lower(e.method)}: ${e.statement}`,
  HYPOTHESIS_ASSESSED: (e) =>
    `${e.dissent ? 'Dissented' : 'Assessed'} (${e.confidence})${e.status === null ? '' : `, now ${lower(e.status)}`}: ${e.statement}`,
  INTERVENTION_RECORDED: (e) => `Recorded an intervention (${lower(e.outcome)}): ${e.title}`,
  LINES_IMPORTED: (e) => `Imported lines ${e.firstLine} to ${e.lastLine} of ${e.fileName} (${e.format}).`,
  IMPORT_REVEALED: (e) => `Opened the restricted file ${e.fileName}${because(e.reason)}`,
  IMPORT_REREAD: (e) =>
    e.refs.length === 0
      ? `Read ${e.fileName} again, with the same result.`
      : `Read ${e.fileName} again as ${e.refs.join(', ')}.`,
  LOG_IMPORTED: (e) => `Imported ${e.fileName} (${e.format})${e.ref === null ? '' : ` as ${e.ref}`}.`,
  SHARED: (e) => {
    const parts = [
      e.from === e.to ? '' : `now ${lower(e.to)}, before ${lower(e.from)}`,
      e.people === null ? '' : `${count(e.people, 'person', 'people')} named`,
      e.embargoedUntil === null ? '' : `under embargo until ${e.embargoedUntil}`,
    ].filter((part) => part !== '');
    return `Shared the ${lower(e.target)}${parts.length === 0 ? '' : `: ${parts.join('; ')}`}.`;
  },
  SESSION_CREATED: () => 'Signed in.',
  SESSION_REVOKED: (e) => `Ended ${count(e.sessions, 'session')}.`,
  PASSWORD_CHANGED: (e) => `Changed the password, which ended ${count(e.sessions, 'other session')}.`,
  PASSWORD_RESET_OFFERED: (e) => `Made a link by which ${e.member} can set a new password.`,
  PASSWORD_RESET: (e) => `Set a new password by a link, which ended ${count(e.sessions, 'session')}.`,
  PROFILE_CHANGED: (e) => `Took the name ${e.name}.`,
  IDENTITY_LINKED: (e) =>
    e.bySession
      ? `Linked an identity of ${e.issuer} to the account.`
      : `Signed in by ${e.issuer} for the first time.`,
  IDENTITY_UNLINKED: (e) =>
    `Unlinked ${e.issuer} from the account, which ended ${count(e.sessions, 'session')}.`,
  MEMBER_INVITED: (e) => `Invited somebody to ${e.team} as ${lower(e.role)}.`,
  INVITATION_REVOKED: (e) => `Revoked an invitation to ${e.team} as ${lower(e.role)}.`,
  MEMBER_JOINED: (e) =>
    `${e.name} joined as ${lower(e.role)}, ${e.by === 'INVITATION' ? 'by an invitation' : 'as the provider vouched for them'}.`,
  MEMBER_ROLE_CHANGED: (e) => `Changed the role of ${e.member} from ${lower(e.from)} to ${lower(e.to)}.`,
  MEMBER_DISABLED: (e) => `Disabled the account of ${e.member}.`,
  MEMBER_ENABLED: (e) => `Enabled the account of ${e.member}.`,
  MEMBER_SESSIONS_REVOKED: (e) => `Ended ${count(e.sessions, 'session')} of ${e.member}.`,
  SERVICE_ACCOUNT_CREATED: (e) => `Made the service account ${e.name} in ${e.team} as ${lower(e.role)}.`,
  TEAM_CREATED: (e) => `Made the team ${e.team}${e.namespace === '' ? '' : ` (${e.namespace})`}.`,
  TEAM_MEMBER_ADDED: (e) => `Added ${e.member} to ${e.team}.`,
  TEAM_MEMBER_REMOVED: (e) => `Removed ${e.member} from ${e.team}.`,
  API_TOKEN_CREATED: (e) =>
    `Made the token ${e.name}${e.owner ? ` of ${e.owner}` : ''} for ${e.scopes.join(', ')}.`,
  API_TOKEN_REVOKED: (e) => `Revoked the token ${e.name}.`,
  ADMINISTRATOR_CREATED: () => 'Made the first administrator.',
};

/** One sentence; an event of a type that is no longer known is told by its type. */
export function summarise(event: Event): string {
  const tell = TELL[event.type] as ((event: Event) => string) | undefined;
  return tell === undefined ? lower(event.type) : tell(event);
}
