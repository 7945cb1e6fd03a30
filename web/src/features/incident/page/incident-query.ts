import 'server-only';
import { cache } from 'react';
import { type Answer, query } from '@/graphql/execute.ts';
import { graphql } from '@/graphql/generated/index.ts';
import { isIncidentKey } from '../incident-key.ts';

graphql(`
  fragment CitationFacts on Citation { source url locator certainty quote note retrievedAt }
`);

graphql(`
  fragment MeasurementRow on Measurement {
    id rate sampleCount exhibited notExhibited unscored graderErrors excluded standardError qualifier
    missingDataBounds { lower upper }
    behavior { name title }
    evalRun { ref label modelVersion { ref label } evaluationVersion { id label evaluation { name } } }
    condition { id name description }
    grader { id name version kind approvedBy }
    interval { lower upper level method }
    citation { ...CitationFacts }
  }
`);

graphql(`
  fragment ReportedResultRow on ReportedResult {
    id statement value lower upper unit qualifier subject
    behavior { title }
    modelVersion { ref label }
    citation { ...CitationFacts }
  }
`);

graphql(`
  fragment EvidenceCard on Evidence {
    id kind title fileName digest mediaType bytes sensitivity restricted visibility warning recordedAt
    addedBy { name }
    citation { ...CitationFacts }
    reveals { id reason at by { name } }
  }
`);

graphql(`
  fragment HypothesisCard on Hypothesis {
    id statement status proposedBy recordedAt
    openedBy { name }
    citation { ...CitationFacts }
    suspects { id kind label node { ref } contentTag { name } }
    evidence {
      id direction method statement score scoreMeaning recordedAt
      addedBy { name }
      citation { ...CitationFacts }
    }
    assessments {
      id confidence probability dissent reasoning recordedAt
      by { name actor { name } }
      citation { ...CitationFacts }
    }
  }
`);

graphql(`
  fragment InterventionCard on Intervention {
    id title description outcome caveat occurredAt stage
    addedAmount addedUnit addedDescription
    addedData { ref label }
    citation { ...CitationFacts }
    comparisons {
      label before after difference verdict
      differenceInterval { lower upper level method }
      comparability { comparable differences }
      beforeMeasurement { ...MeasurementRow }
      afterMeasurement { ...MeasurementRow }
      beforeResult { ...ReportedResultRow }
      afterResult { ...ReportedResultRow }
    }
  }
`);

graphql(`
  fragment IncidentWhole on Incident {
    id ref key title summary severity status setting visibility
    occurredAt submittedAt recordedAt updatedAt
    sharing { ...SharingFacts }
    filedBy { name }
    team { name }
    disputes { ...DisputeFacts }
    behaviors { name title }
    modelVersions { id ref label }
    evalRuns { id ref label }
    links: lineage(maxDepth: 1, via: [OBSERVATION]) { edges { kind upstream { id } } }
    measurements { ...MeasurementRow }
    reportedResults { ...ReportedResultRow }
    suspects { id kind label reason recordedAt addedBy { name } node { ref } contentTag { name } }
    evidence { ...EvidenceCard }
    reports { id title publisher url author publishedAt language }
    origins { catalogue part externalId url content recordedAt }
    hypotheses { ...HypothesisCard }
    interventions { ...InterventionCard }
    timeline(last: 100) { totalCount nodes { id type at summary by { name } } }
    related { relation note incident { id ref key title status } }
    regressions { ...RegressionOutcomeRow }
    watched
    transitions { to allowed reason needsComment }
    canEdit { allowed reason }
  }
`);

const BY_KEY = graphql(`
  query IncidentByKey($key: String!) { incident(key: $key) { ...IncidentWhole } }
`);

/** A draft has no key yet; its address holds its reference. */
const BY_REF = graphql(`
  query IncidentByRef($ref: NodeRef!) { lineageNode(ref: $ref) { __typename ... on Incident { ...IncidentWhole } } }
`);

const IS_THERE_BY_KEY = graphql(`
  query IsThereIncidentByKey($key: String!) { incident(key: $key) { id } }
`);

const IS_THERE_BY_REF = graphql(`
  query IsThereIncidentByRef($ref: NodeRef!) { lineageNode(ref: $ref) { __typename id } }
`);

/** The incident of a page's address, by key or, for a draft, by reference; its data is null where there is none. */
export const loadIncident = cache(async (keyOrRef: string) => {
  if (isIncidentKey(keyOrRef)) {
    const answer = await query(BY_KEY, { key: keyOrRef });
    return answer.kind === 'data' ? { ...answer, data: answer.data.incident ?? null } : answer;
  }
  const answer = await query(BY_REF, { ref: keyOrRef });
  if (answer.kind !== 'data') return answer;
  const node = answer.data.lineageNode;
  return { ...answer, data: node?.__typename === 'Incident' ? node : null };
});

/** An address that is no key and no reference names nothing; any other problem leaves open what there is. */
const leavesOpen = (answer: Answer<unknown>): boolean =>
  answer.kind !== 'data' || answer.problems.some((problem) => problem.code !== 'BAD_USER_INPUT');

/** False only where the API answers that there is none, or none that the viewer may see. */
export async function isThereIncident(keyOrRef: string): Promise<boolean> {
  if (isIncidentKey(keyOrRef)) {
    const answer = await query(IS_THERE_BY_KEY, { key: keyOrRef });
    return leavesOpen(answer) || (answer.kind === 'data' && Boolean(answer.data.incident));
  }
  const answer = await query(IS_THERE_BY_REF, { ref: keyOrRef });
  return leavesOpen(answer) || (answer.kind === 'data' && answer.data.lineageNode?.__typename === 'Incident');
}
