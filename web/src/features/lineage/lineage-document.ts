import { graphql } from '@/graphql/generated/index.ts';

graphql(`
  fragment LineageNodeParts on LineageNode {
    __typename
    id
    ref
    kind
    label
    recordedAt
    retractedAt
    ... on TrainingRun { stage startedFrom trainedTokens: tokens }
    ... on Transformation { effect }
  }
`);

graphql(`
  fragment LineageEdgeParts on LineageEdge {
    id
    kind
    downstream { id }
    upstream { id }
    amount
    unit
    epochs
    share
    shareUpper
    contracted
    status
    recordedAt
    retractedAt
    occurredAt
    assertedBy { name }
    team { name }
    citation { source url locator certainty quote note }
    disputes { id targetKind statement by { name } recordedAt shareLower shareUpper }
  }
`);

/** The lineage of one node, as the picture and the table need it; details of a node are asked for when it is opened. */
export const LineageDocument = graphql(`
  query Lineage(
    $ref: NodeRef!
    $direction: LineageDirection!
    $kinds: [LineageNodeKind!]
    $maxDepth: Int
    $knownOn: DateTime
    $limit: Int!
    $skip: Int
  ) {
    lineageNode(ref: $ref) {
      id
      label
      kind
      lineage(
        direction: $direction
        kinds: $kinds
        maxDepth: $maxDepth
        knownOn: $knownOn
        limit: $limit
        skip: $skip
      ) {
        knownOn
        root { id }
        nodes { ...LineageNodeParts }
        edges { ...LineageEdgeParts }
        unaccounted { node { id } share shareUpper reason }
        truncated { reason frontier { ref label } skip }
      }
    }
  }
`);

/** The shortest ways between two nodes, with all that drawing them needs. */
export const LineagePathsDocument = graphql(`
  query LineagePaths($from: NodeRef!, $to: NodeRef!, $knownOn: DateTime) {
    lineagePaths(from: $from, to: $to, first: 3, knownOn: $knownOn) {
      direction
      share
      nodes { ...LineageNodeParts }
      edges { ...LineageEdgeParts }
    }
  }
`);

/** What changed in a lineage between two moments of record. */
export const LineageChangesDocument = graphql(`
  query LineageChanges(
    $of: NodeRef!
    $direction: LineageDirection!
    $since: DateTime!
    $until: DateTime
    $limit: Int!
  ) {
    lineageChanges(of: $of, direction: $direction, since: $since, until: $until, limit: $limit) {
      since
      until
      nodesAdded { id ref kind label recordedAt }
      nodesRemoved {
        node { id ref kind label }
        reason
        retractedAt
        retractedBy { name }
        replacedBy { ref label }
      }
      edgesAdded { ...ChangedEdge }
      edgesRemoved { edge { ...ChangedEdge } reason retractedAt retractedBy { name } }
      sharesChanged { edge { ...ChangedEdge } before beforeUpper after afterUpper }
      disputes {
        dispute { statement by { name } recordedAt shareLower shareUpper }
        edge { ...ChangedEdge }
        composition { node { id ref label } }
      }
      truncated { partial lists { field } }
    }
  }
`);

graphql(`
  fragment ChangedEdge on LineageEdge {
    id
    kind
    recordedAt
    share
    shareUpper
    assertedBy { name }
    team { name }
    downstream { id ref label }
    upstream { id ref label }
  }
`);

/** What the graph leaves out of an edge, asked for when it is opened: its statement, and the evidence of disputes. */
export const EdgePeekDocument = graphql(`
  query EdgePeek($ids: [ID!]!) {
    nodes(ids: $ids) {
      ... on LineageEdge {
        id
        composition { basis total unit complete scaled citation { source url locator certainty quote note } }
        disputes { id citation { source url locator certainty quote note } }
      }
    }
  }
`);

/** Which dataset versions carry a content tag, by which measurement. */
export const TagCarriersDocument = graphql(`
  query TagCarriers($search: String!, $knownOn: DateTime) {
    contentTags(search: $search, first: 10) {
      name
      measurements(knownOn: $knownOn) { fraction datasetVersion { id ref label } }
    }
  }
`);

/** The tags that there are, for a choice. */
export const TagNamesDocument = graphql(`
  query TagNames($search: String) {
    contentTags(search: $search, first: 20) { name description }
  }
`);

/** What the panel beside the picture says of one node. */
export const LineagePeekDocument = graphql(`
  query LineagePeek($ref: NodeRef!, $knownOn: DateTime) {
    lineageNode(ref: $ref) {
      __typename
      id
      disputes(knownOn: $knownOn) { ...DisputeFacts }
      claims(knownOn: $knownOn) {
        id
        property
        value
        assertedBy { name }
        citation { source url locator certainty quote note }
        disputes { ...DisputeFacts }
      }
      ... on Source { sourceTitle: title description url license }
      ... on DatasetVersion {
        license
        documents
        rows
        tokens
        releasedAt
        citation { source url locator certainty quote note }
      }
      ... on Transformation { effect occurredAt }
      ... on TrainingRun {
        stage
        objective
        startedFrom
        tokens
        occurredAt
        citation { source url locator certainty quote note }
      }
      ... on ModelVersion {
        trainedTokens
        releasedAt
        citation { source url locator certainty quote note }
      }
      ... on EvalRun {
        evaluationVersion { label }
        startedAt
        sampleCount
        citation { source url locator certainty quote note }
      }
      ... on Incident { incidentTitle: title severity incidentStatus: status occurredAt }
    }
  }
`);
