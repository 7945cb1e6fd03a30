// What cites a source: rows of every slice.
import type { Viewer } from '../access/viewer.ts';
import { visible } from '../access/visibility.ts';
import { Prisma } from '../generated/prisma/client.ts';
import type { Db } from '../platform/database.ts';
import type { GlobalType } from '../platform/global-id.ts';
import { LINEAGE_TYPE } from './lineage-types.ts';

type Reader = Pick<Db, '$queryRaw'>;

/**
 * By table, the type of what cites, and the column of its id where that is not its own: nodes first, which cite most often
 * what all that was recorded with them cites.
 */
export const CITING: Readonly<Record<string, { type?: GlobalType; id?: string }>> = {
  node: {},
  composition: { type: 'Composition' },
  claim: { type: 'Claim' },
  alias: { type: 'Alias' },
  dispute: { type: 'Dispute' },
  content_measurement: { type: 'ContentMeasurement' },
  measurement: { type: 'Measurement' },
  score: { type: 'Score' },
  reported_result: { type: 'ReportedResult' },
  evaluation_version: { type: 'EvaluationVersion' },
  grader_version: { type: 'GraderVersion' },
  standard_version: { type: 'StandardVersion' },
  // Has no id of its own: it is told with what was approved.
  standard_approval: { type: 'StandardVersion', id: 'standard_version_id' },
  evidence: { type: 'Evidence' },
  hypothesis: { type: 'Hypothesis' },
  intervention: { type: 'Intervention' },
  evidence_item: { type: 'EvidenceItem' },
  assessment: { type: 'Assessment' },
  edge: { type: 'LineageEdge' },
};

/** Of each table so many rows that cite the same are looked at. */
const MOST_OF_EACH = 1_000;

/** Something that cites a citation, by its type in the schema and its internal id. */
export interface Citing {
  citationId: bigint;
  type: GlobalType;
  id: bigint;
}

const TYPE_OF_NODE = Prisma.join(
  Object.entries(LINEAGE_TYPE).map(([kind, type]) => Prisma.sql`when ${kind} then ${type}`),
  ' ',
);

/**
 * What cites these, as far as its own visibility shows it, in the order of `CITING`: whether all is seen that it needs is for
 * whoever reads it to say.
 */
export function selectCiting(db: Reader, viewer: Viewer, citationIds: readonly bigint[]): Promise<Citing[]> {
  const ids = [...citationIds];
  const each = Object.entries(CITING).map(([table, { type, id = 'id' }], nth) => {
    const typeOf =
      type === undefined ? Prisma.sql`case x.kind::text ${TYPE_OF_NODE} end` : Prisma.sql`${type}::text`;
    return Prisma.sql`select c.id as "citationId", y.type, y.id, ${nth}::int as nth
      from unnest(${ids}::bigint[]) c(id) cross join lateral (
        select ${typeOf} as type, x.${Prisma.raw(id)} as id from ${Prisma.raw(table)} x
        where x.citation_id = c.id and ${visible(viewer, 'x')} limit ${MOST_OF_EACH}) y`;
  });
  return db.$queryRaw<Citing[]>`
    select "citationId", type, id from (${Prisma.join(each, ' union all ')}) cited order by nth, id`;
}
