// The map on one screen: every slice's types, in the order in which slices build upon each other.
import './scalars.ts';
import './enums.ts';
import './node.ts';
import '../access/access.graphql.ts';
import '../lineage/parties.graphql.ts';
import '../lineage/lineage-node.graphql.ts';
import '../lineage/lineage-graph.graphql.ts';
import '../lineage/assertions.graphql.ts';
import '../lineage/exposure.graphql.ts';
import '../lineage/assert.graphql.ts';
import '../dataset/dataset.graphql.ts';
import '../dataset/content.graphql.ts';
import '../dataset/register.graphql.ts';
import '../model/model.graphql.ts';
import '../model/register.graphql.ts';
import { builder } from './builder.ts';

/** The whole schema; made once a process. */
export function buildSchema() {
  return builder.toSchema();
}
