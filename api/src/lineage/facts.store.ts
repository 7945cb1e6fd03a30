import type { Viewer } from '../access/viewer.ts';
import { visible } from '../access/visibility.ts';
import type { Db } from '../platform/database.ts';
import type { CountClaim, TagMeasurement } from './graph.ts';
import type { AmountUnit, MeasurementMethod } from './kinds.ts';
import type { VisibilityWord } from './node.ts';
import { known } from './node-sql.ts';

type Reader = Pick<Db, '$queryRaw'>;

/** Every visible count that is claimed of each node: tokens, rows, documents, bytes. */
export async function selectCounts(
  db: Reader,
  viewer: Viewer,
  ids: readonly bigint[],
  on: Date | null = null,
): Promise<Map<bigint, CountClaim[]>> {
  const counts = new Map<bigint, CountClaim[]>();
  if (ids.length === 0) return counts;
  const rows = await db.$queryRaw<{ nodeId: bigint; unit: AmountUnit; value: number }[]>`
    select c.node_id as "nodeId", c.property::text as unit, c.value_number::float8 as value
    from claim c where c.node_id = any(${[...ids]}::bigint[])
      and c.property in ('TOKENS', 'ROWS', 'DOCUMENTS', 'BYTES') and ${visible(viewer, 'c')} and ${known('c', on)}
    order by c.recorded_at, c.id`;
  for (const { nodeId, unit, value } of rows) {
    const held = counts.get(nodeId);
    if (held) held.push({ unit, value });
    else counts.set(nodeId, [{ unit, value }]);
  }
  return counts;
}

/** Every visible content measurement of each dataset version. */
export async function selectTagMeasurements(
  db: Reader,
  viewer: Viewer,
  ids: readonly bigint[],
  on: Date,
): Promise<Map<bigint, TagMeasurement[]>> {
  const measurements = new Map<bigint, TagMeasurement[]>();
  if (ids.length === 0) return measurements;
  const rows = await db.$queryRaw<
    (Omit<TagMeasurement, 'method' | 'measuredAt'> & {
      nodeId: bigint;
      method: MeasurementMethod;
      measuredAt: Date | null;
    })[]
  >`
    select m.id, m.dataset_version_id as "nodeId", m.content_tag_id as tag, m.fraction, m.unit::text as unit,
      m.lower, m.upper, m.method::text as method, m.measured_at as "measuredAt"
    from content_measurement m join content_tag g on g.id = m.content_tag_id
    where m.dataset_version_id = any(${[...ids]}::bigint[]) and ${visible(viewer, 'm')} and ${visible(viewer, 'g')}
      and ${known('m', on)}`;
  for (const { nodeId, measuredAt, ...row } of rows) {
    const measurement = { ...row, measuredAt: measuredAt === null ? null : measuredAt.getTime() };
    const held = measurements.get(nodeId);
    if (held) held.push(measurement);
    else measurements.set(nodeId, [measurement]);
  }
  return measurements;
}

export interface MeasurementTarget {
  id: bigint;
  nodeId: bigint;
  teamId: bigint;
  visibility: VisibilityWord;
}

export async function selectMeasurementTargets(
  db: Reader,
  viewer: Viewer,
  ids: readonly bigint[],
): Promise<MeasurementTarget[]> {
  return db.$queryRaw<MeasurementTarget[]>`
    select m.id, m.dataset_version_id as "nodeId", m.team_id as "teamId", m.visibility::text as visibility
    from content_measurement m join node n on n.id = m.dataset_version_id
    join content_tag t on t.id = m.content_tag_id
    where m.id = any(${[...ids]}::bigint[])
      and ${visible(viewer, 'm')} and ${visible(viewer, 'n')} and ${visible(viewer, 't')}`;
}
