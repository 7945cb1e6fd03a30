// What is asked over HTTP, by whatever path: `more` is asked for beside it.

/** A fragment with a directive says nothing more, and no compiled shape knows it: it is answered by the ordinary path. */
export const ORDINARILY = '... @include(if: true) { __typename }';

export const lineageAsking = (more = '') => `query ($ref: NodeRef!) { lineageNode(ref: $ref) { ${more}
  lineage(via: [DATA, OBSERVATION, INFLUENCE, EVALUATION, REVISION], limit: 7000) {
    nodes { id kind label } edges { id kind share upstream { id } downstream { id } } } } }`;

export const incidentsAsking = (
  more = '',
) => `{ incidents(first: 100, orderBy: { field: OCCURRED_AT, direction: DESC }) { ${more} nodes {
  key title severity status occurredAt modelVersions { label }
  measurements { rate sampleCount behavior { name } } } } }`;
