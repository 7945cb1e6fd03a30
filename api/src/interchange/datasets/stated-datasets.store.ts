import type { Viewer } from '../../access/viewer.ts';
import { visible } from '../../access/visibility.ts';
import type { Db } from '../../platform/database.ts';

export interface StatedDatasetRow {
  runId: bigint;
  name: string;
  version: string;
  part: string | null;
  /** The dataset version that it was recorded as; null where it could be linked to none. */
  recordedAs: bigint | null;
}

/** What the files of eval runs say of the datasets that these were tested on, in their order. */
export const selectStatedDatasets = (db: Pick<Db, '$queryRaw'>, viewer: Viewer, runIds: readonly bigint[]) =>
  db.$queryRaw<StatedDatasetRow[]>`
    select r.node_id as "runId", d.stated->>'name' as name, d.stated->>'version' as version, d.stated->>'part' as part,
      (d.stated->>'recordedAs')::bigint as "recordedAs"
    from eval_run r join node n on n.id = r.node_id
    cross join lateral jsonb_array_elements(r.metadata->'testedOn') with ordinality as d(stated, at)
    where r.node_id = any(${[...runIds]}::bigint[])
      and jsonb_typeof(r.metadata->'testedOn') = 'array' and (${visible(viewer, 'n')})
    order by r.node_id, d.at`;
