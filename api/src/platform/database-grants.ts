import type pg from 'pg';
import { APP_ROLE } from './embedded-postgres-roles.ts';

const RETRACTION = ['retracted_at', 'retracted_by', 'retraction_reason', 'visibility'];

/**
 * What the API may change in a row that stands. Every table may be read, and every table but the rules, the
 * secrets and Prisma's own may be added to; the triggers narrow further what an update may do.
 */
const UPDATES: Readonly<Record<string, readonly string[]>> = {
  actor: ['name', 'email', 'role', 'disabled_at'],
  team: ['name'],
  audience: ['embargoed_until'],
  credential: ['cost', 'block_size', 'parallelization', 'salt', 'hash', 'changed_at'],
  session: ['last_used_at', 'revoked_at', 'expires_at'],
  api_token: ['last_used_at', 'revoked_at'],
  installation: ['seeded_at', 'seed_declined_at'],
  idempotency: ['operation', 'body_digest', 'response', 'created_at', 'expires_at'],
  event: ['visibility'],
  citation: ['visibility'],
  node: [...RETRACTION, 'replaced_by', 'name', 'namespace'],
  edge: RETRACTION,
  composition: RETRACTION,
  claim: RETRACTION,
  dispute: RETRACTION,
  alias: RETRACTION,
  content_measurement: RETRACTION,
  measurement: RETRACTION,
  score: RETRACTION,
  reported_result: RETRACTION,
  evidence: RETRACTION,
  report: RETRACTION,
  suspect: RETRACTION,
  related_incident: RETRACTION,
  hypothesis: [...RETRACTION, 'status'],
  evidence_item: RETRACTION,
  assessment: RETRACTION,
  intervention: RETRACTION,
  dataset: ['title', 'description', 'visibility'],
  content_tag: ['description', 'visibility'],
  model: ['title', 'developer', 'description', 'visibility'],
  behavior: ['title', 'description', 'parent_id', 'visibility'],
  standard: ['title', 'kind', 'visibility'],
  standard_version: ['visibility'],
  standard_approval: ['visibility'],
  grader: ['title', 'visibility'],
  grader_version: ['visibility'],
  evaluation: ['title', 'description', 'url', 'visibility'],
  evaluation_version: ['visibility'],
  eval_run: ['status', 'sample_count', 'import_id'],
  incident: [
    'key',
    'title',
    'summary',
    'setting',
    'severity',
    'status',
    'occurred_at',
    'submitted_at',
    'updated_at',
    'duplicate_of',
  ],
  import: ['status', 'error', 'progress', 'report', 'finished_at', 'visibility', 'format'],
};

const DELETES = ['session', 'membership', 'idempotency', 'incident_behavior', 'audience_member'];
const READ_ONLY = ['edge_rule', 'installation', '_prisma_migrations'];

/** Who may see a row is its visibility and its audience: they change together. */
const shared = (columns: readonly string[]) =>
  columns.includes('visibility') ? [...columns, 'audience_id'] : columns;

/** Grants the API's role, where it exists, what it needs and no more; harmless when repeated. */
export async function grantToApp(client: pg.Client): Promise<void> {
  const { rowCount } = await client.query(
    'select from pg_roles where rolname = $1 and rolname <> current_user',
    [APP_ROLE],
  );
  if (rowCount === 0) return;
  const { rows } = await client.query<{ name: string }>(
    `select relname as name from pg_class
     where relnamespace = current_schema()::regnamespace and relkind = 'r'
       and pg_has_role(current_user, relowner, 'usage')`,
  );
  const tables = rows.map((row) => row.name);
  const quoted = (names: readonly string[]) => names.map((name) => client.escapeIdentifier(name)).join(', ');
  const statements = [
    `revoke all on ${quoted(tables)} from ${APP_ROLE}`,
    `grant select on ${quoted(tables)} to ${APP_ROLE}`,
    `grant insert on ${quoted(tables.filter((name) => !READ_ONLY.includes(name)))} to ${APP_ROLE}`,
    `grant delete on ${quoted(DELETES)} to ${APP_ROLE}`,
    ...Object.entries(UPDATES).map(
      ([table, columns]) => `grant update (${quoted(shared(columns))}) on ${quoted([table])} to ${APP_ROLE}`,
    ),
  ];
  await client.query(`begin; ${statements.join('; ')}; commit`);
}
