// The map on one screen: every slice's types, in the order in which slices build upon each other.
import './scalars.ts';
import './enums.ts';
import './node.ts';
import '../access/access.graphql.ts';
import '../access/session.graphql.ts';
import '../access/api-token.graphql.ts';
import '../access/member.graphql.ts';
import '../access/member-mutations.graphql.ts';
import '../access/team.graphql.ts';
import '../access/invitation.graphql.ts';
import '../access/password-reset.graphql.ts';
import '../lineage/parties.graphql.ts';
import '../lineage/lineage-node.graphql.ts';
import '../lineage/lineage-graph.graphql.ts';
import '../lineage/claims.graphql.ts';
import '../lineage/compositions.graphql.ts';
import '../lineage/edges.graphql.ts';
import '../lineage/lineage-changes.graphql.ts';
import '../lineage/exposure.graphql.ts';
import '../lineage/mixture-diff.graphql.ts';
import '../lineage/completeness.graphql.ts';
import '../lineage/assert.graphql.ts';
import '../dataset/dataset.graphql.ts';
import '../dataset/content.graphql.ts';
import '../dataset/register.graphql.ts';
import '../model/model.graphql.ts';
import '../model/register.graphql.ts';
import '../dataset/documents/documents.graphql.ts';
import '../audit-log/event.graphql.ts';
import '../evaluation/evaluation.graphql.ts';
import '../evaluation/behavior.graphql.ts';
import '../evaluation/grader.graphql.ts';
import '../evaluation/eval-run.graphql.ts';
import '../evaluation/measurement.graphql.ts';
import '../incident/incident.graphql.ts';
import '../incident/incident-queries.graphql.ts';
import '../incident/incident-mutations.graphql.ts';
import '../incident/evidence.graphql.ts';
import '../incident/suspect-tag.graphql.ts';
import '../investigation/investigation.graphql.ts';
import '../investigation/investigation-mutations.graphql.ts';
import '../investigation/common-causes.graphql.ts';
import '../interchange/interchange.graphql.ts';
import '../interchange/incidents/origin.graphql.ts';
import '../search/search.graphql.ts';
import '../sharing/sharing.graphql.ts';
import { builder } from './builder.ts';
import { guarding } from './guarding.ts';
import { cuttingLists } from './list-truncation.ts';
import { refusingPlainly } from './refusing-plainly.ts';

/** The whole schema; made once a process. */
export function buildSchema() {
  return refusingPlainly(guarding(cuttingLists(builder.toSchema())));
}
