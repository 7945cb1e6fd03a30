import type { Viewer } from '../access/viewer.ts';
import { visible } from '../access/visibility.ts';
import { Prisma } from '../generated/prisma/client.ts';
import type { VisibilityWord } from '../lineage/node.ts';
import { cappedPer } from '../platform/capped-sql.ts';
import type { Db, Tx } from '../platform/database.ts';
import type { SealedObject } from '../platform/vault.ts';
import type { EvidenceKind, EvidenceRow, Sensitivity } from './incident.ts';

type Reader = Pick<Db | Tx, '$queryRaw'>;
type Ids = readonly bigint[];

/** Read only with a reason: what may do harm in itself, and what only named people may see. */
const RESTRICTED = Prisma.sql`(e.sensitivity = 'HAZARDOUS' or e.visibility = 'RESTRICTED' or n.visibility = 'RESTRICTED')`;

const EVIDENCE = Prisma.sql`e.id, e.incident_id as "incidentId", e.kind::text as kind, e.title, e.digest, e.media_type as "mediaType",
  e.file_name as "fileName", e.bytes, e.sensitivity::text as sensitivity, e.warning, e.citation_id as "citationId",
  e.visibility::text as visibility, n.team_id as "incidentTeamId", ${RESTRICTED} as restricted,
  e.actor_id as "actorId", e.recorded_at as "recordedAt"`;
export const evidence = (viewer: Viewer) =>
  Prisma.sql`from evidence e join node n on n.id = e.incident_id where ${visible(viewer, 'e')} and ${visible(viewer, 'n')}`;

export const selectEvidence = (db: Reader, viewer: Viewer, ids: Ids) =>
  db.$queryRaw<EvidenceRow[]>`select ${EVIDENCE} ${evidence(viewer)} and e.id = any(${[...ids]}::bigint[])`;
export const selectEvidenceOf = (db: Reader, viewer: Viewer, incidentIds: Ids) =>
  db.$queryRaw<EvidenceRow[]>(
    cappedPer(
      'incidentId',
      Prisma.sql`
    select ${EVIDENCE} ${evidence(viewer)} and e.retracted_at is null and e.incident_id = any(${[...incidentIds]}::bigint[]) order by e.id`,
    ),
  );

/** Evidence of an incident with these bytes, as far as the viewer may see it: no more may be told by a refusal. */
export async function selectSame(
  tx: Reader,
  viewer: Viewer,
  incidentId: bigint,
  digest: string,
): Promise<bigint | null> {
  const [row] = await tx.$queryRaw<{ id: bigint }[]>`
    select e.id ${evidence(viewer)} and e.incident_id = ${incidentId} and e.digest = ${digest} and e.retracted_at is null
    order by e.id limit 1`;
  return row?.id ?? null;
}

/** What opens the bytes of evidence: `text` is set, and the object is not, where it was recorded unsealed. */
export interface SealedEvidence {
  id: bigint;
  mediaType: string | null;
  bytes: bigint;
  restricted: boolean;
  text: string | null;
  object: SealedObject | null;
}

export async function selectSealed(db: Reader, viewer: Viewer, ids: Ids): Promise<SealedEvidence[]> {
  const rows = await db.$queryRaw<
    (Omit<SealedEvidence, 'object'> & {
      name: string | null;
      masterKeyId: string;
      wrappedKey: Uint8Array;
    })[]
  >`
    select x.*, o.name, o.master_key_id as "masterKeyId", o.wrapped_key as "wrappedKey" from (
      select e.id, e.media_type as "mediaType", e.bytes, ${RESTRICTED} as restricted, e.text, e.sealed_object_id
      ${evidence(viewer)} and e.id = any(${[...ids]}::bigint[])) x
    left join sealed_object o on o.id = x.sealed_object_id`;
  return rows.map(({ name, masterKeyId, wrappedKey, id, mediaType, bytes, restricted, text }) => ({
    ...{ id, mediaType, bytes, restricted, text },
    object: name === null ? null : { name, masterKeyId, wrappedKey },
  }));
}

export interface NewEvidence {
  incidentId: bigint;
  kind: EvidenceKind;
  title: string;
  mediaType: string;
  fileName: string | null;
  digest: string;
  bytes: bigint;
  sealedObjectId: bigint;
  sensitivity: Sensitivity;
  warning: string | null;
  citationId: bigint | null;
  visibility: VisibilityWord;
  teamId: bigint;
  actorId: bigint;
}

export async function insertEvidence(tx: Tx, evidence: NewEvidence): Promise<bigint> {
  const { id } = await tx.evidence.create({ data: evidence, select: { id: true } });
  return id;
}

export interface RevealRow {
  id: bigint;
  evidenceId: bigint;
  reason: string;
  expiresAt: Date;
  actorId: bigint;
  recordedAt: Date;
}

const REVEAL = Prisma.sql`r.id, r.evidence_id as "evidenceId", r.reason, r.expires_at as "expiresAt", r.actor_id as "actorId",
  r.recorded_at as "recordedAt"`;
const reveals = (viewer: Viewer) => Prisma.sql`
  from evidence_reveal r join evidence e on e.id = r.evidence_id join node n on n.id = e.incident_id
  where ${visible(viewer, 'r')} and ${visible(viewer, 'e')} and ${visible(viewer, 'n')}`;

export const selectReveals = (db: Reader, viewer: Viewer, ids: Ids) =>
  db.$queryRaw<RevealRow[]>`select ${REVEAL} ${reveals(viewer)} and r.id = any(${[...ids]}::bigint[])`;
export const selectRevealsOf = (db: Reader, viewer: Viewer, evidenceIds: Ids) =>
  db.$queryRaw<RevealRow[]>(
    cappedPer(
      'evidenceId',
      Prisma.sql`select ${REVEAL} ${reveals(viewer)} and r.evidence_id = any(${[...evidenceIds]}::bigint[])
        order by r.id desc`,
    ),
  );

/** Whether this reveal is the viewer's own, of this evidence, and not over. */
export async function isOpenReveal(
  db: Reader,
  viewer: Viewer,
  reveal: { id: bigint; evidenceId: bigint },
): Promise<boolean> {
  if (viewer.kind === 'anonymous') return false;
  const rows = await db.$queryRaw<{ id: bigint }[]>`
    select r.id ${reveals(viewer)} and r.id = ${reveal.id} and r.evidence_id = ${reveal.evidenceId}
      and r.actor_id = ${viewer.actorId} and r.expires_at > now()`;
  return rows.length > 0;
}

export async function insertReveal(
  tx: Tx,
  reveal: {
    evidenceId: bigint;
    reason: string;
    lastsMs: number;
    visibility: VisibilityWord;
    teamId: bigint;
    actorId: bigint;
  },
): Promise<bigint> {
  const [row] = await tx.$queryRaw<[{ id: bigint }]>`
    insert into evidence_reveal (evidence_id, reason, expires_at, visibility, team_id, actor_id)
    values (${reveal.evidenceId}, ${reveal.reason}, now() + ${reveal.lastsMs}::int * interval '1 millisecond',
      ${reveal.visibility}::visibility, ${reveal.teamId}, ${reveal.actorId})
    returning id`;
  return row.id;
}

/** What wraps the keys of sealed objects, whoever may see them: an operator replaces master keys. */
export const selectWrapped = (tx: Tx, after: bigint, limit: number) =>
  tx.$queryRaw<(SealedObject & { id: bigint })[]>`
    select id, name, master_key_id as "masterKeyId", wrapped_key as "wrappedKey" from sealed_object
    where id > ${after} order by id limit ${limit}::int for update`;

/** How many sealed objects name another master key than this. */
export async function countUnderOthers(db: Reader, masterKeyId: string): Promise<number> {
  const [row] = await db.$queryRaw<[{ count: bigint }]>`
    select count(*) from sealed_object where master_key_id <> ${masterKeyId}`;
  return Number(row.count);
}

/** Now, by the database's clock, which tells what was recorded before what. */
export async function selectNow(db: Reader): Promise<Date> {
  const [row] = await db.$queryRaw<[{ now: Date }]>`select clock_timestamp() as now`;
  return row.now;
}
