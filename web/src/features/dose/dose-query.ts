import 'server-only';
import { query } from '@/graphql/execute.ts';
import { graphql } from '@/graphql/generated/index.ts';
import { EXPOSURES_AT_ONCE } from './at-once.ts';
import type { VersionExposure } from './dose.ts';

graphql(`
  fragment DoseOf on Exposure {
    stages {
      stage recorded tokens unaccounted unaccountedUpper
      shares { share shareUpper source { ref label } contentTag { name } generatedBy { ref label } }
    }
  }
`);

const EXPOSURES = graphql(`
  query ExposuresOfMeasured($ids: [ID!]!) {
    nodes(ids: $ids) {
      __typename
      id
      ... on ModelVersion {
        label
        sources: exposure(by: SOURCE) { ...DoseOf }
        tags: exposure(by: CONTENT_TAG) { ...DoseOf }
      }
    }
  }
`);

/** As many questions as a page asks. */
const QUESTIONS = 6;

export interface Exposures {
  versions: Map<string, VersionExposure>;
  /** Model versions whose exposure was not asked for, or not answered. */
  unread: number;
}

/** What model versions were exposed to, by source and by content tag. */
export async function loadExposures(ids: readonly string[]): Promise<Exposures> {
  const lots: string[][] = [];
  for (let from = 0; from < ids.length && lots.length < QUESTIONS; from += EXPOSURES_AT_ONCE)
    lots.push(ids.slice(from, from + EXPOSURES_AT_ONCE));
  const answers = await Promise.all(lots.map((lot) => query(EXPOSURES, { ids: lot })));
  const versions = new Map<string, VersionExposure>();
  for (const answer of answers) {
    if (answer.kind !== 'data') continue;
    for (const node of answer.data.nodes)
      if (node?.__typename === 'ModelVersion')
        versions.set(node.id, { label: node.label, sources: node.sources, tags: node.tags });
  }
  return { versions, unread: ids.length - versions.size };
}
