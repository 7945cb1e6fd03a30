import type pg from 'pg';
import { connectClient, type Limits, leaveClient } from './connection.ts';
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
  identity: ['last_used_at', 'unlinked_at'],
  invitation: ['accepted_at', 'accepted_by', 'revoked_at'],
  password_reset: ['used_at', 'revoked_at'],
  sign_in_try: ['failed_at', 'last_at'],
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
  sealed_object: ['master_key_id', 'wrapped_key'],
  evidence_reveal: ['visibility'],
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
  scoring_rule: ['visibility'],
  scoring_rule_version: RETRACTION,
  model_alias: RETRACTION,
  regression_rule: RETRACTION,
  regression_recording: ['tries', 'next_try_at'],
  notification: ['read_at'],
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
  import: [
    'status',
    'error',
    'progress',
    'report',
    'finished_at',
    'visibility',
    'format',
    'sealed_object_id',
  ],
  import_reveal: ['visibility'],
  import_reading: ['visibility'],
  import_rereading: ['runs', 'read', 'made', 'changes', 'warnings', 'found_runs', 'error', 'actor_id'],
};

const DELETES = [
  'import_rereading',
  'session',
  'membership',
  'idempotency',
  'incident_behavior',
  'audience_member',
  'spent_id_token',
  'sign_in_try',
  'lineage_feed',
  'regression_recording',
  'watch',
];
const READ_ONLY = ['edge_rule', 'installation', 'lineage_feed', '_prisma_migrations'];

/** Who may see a row is its visibility and its audience: they change together. */
const shared = (columns: readonly string[]) =>
  columns.includes('visibility') ? [...columns, 'audience_id'] : columns;

/**
 * Makes the API's role on a database of somebody else's, and lets whoever migrates become it, so that row-level
 * security binds the API there too. Where the user may make no role, that wall is missing, and the start says so.
 */
async function ensureAppRole(client: pg.Client): Promise<boolean> {
  const { rows } = await client.query<{ exists: boolean; self: boolean; member: boolean }>(
    `select r.oid is not null as exists, coalesce(r.rolname = current_user, false) as self,
       coalesce(pg_has_role(r.oid, 'member'), false) as member
     from (values (1)) one(x) left join pg_roles r on r.rolname = $1`,
    [APP_ROLE],
  );
  const found = rows[0]!;
  if (found.self) return false;
  try {
    if (!found.exists)
      await client.query(`create role ${APP_ROLE} nologin nosuperuser nocreatedb nocreaterole`);
    if (!found.exists || !found.member) await client.query(`grant ${APP_ROLE} to current_user`);
    return true;
  } catch (error) {
    if ((error as { code?: string }).code !== '42501') throw error;
    return found.exists;
  }
}

/** Whether what the API reads at this address for a viewer is bound by row-level security. */
export async function isBoundByPolicies(url: string, limits?: Limits): Promise<boolean> {
  const client = await connectClient(url, { name: 'headwater start', ...(limits && { limits }) });
  try {
    const { rows } = await client.query<{ bound: boolean }>(
      `select current_user = $1 or exists (select from pg_roles where rolname = $1 and pg_has_role(oid, 'member')) as bound`,
      [APP_ROLE],
    );
    return rows[0]!.bound;
  } finally {
    await leaveClient(client);
  }
}

/** Grants the API's role, where it can be had, what it needs and no more; harmless when repeated. */
export async function grantToApp(client: pg.Client): Promise<void> {
  if (!(await ensureAppRole(client))) return;
  const { rows } = await client.query<{ name: string; schema: string }>(
    `select relname as name, current_schema() as schema from pg_class
     where relnamespace = current_schema()::regnamespace and relkind in ('r', 'p') and not relispartition
       and pg_has_role(current_user, relowner, 'usage')`,
  );
  const tables = rows.map((row) => row.name);
  const schema = rows[0]?.schema ?? 'public';
  const quoted = (names: readonly string[]) => names.map((name) => client.escapeIdentifier(name)).join(', ');
  const statements = [
    `grant usage on schema ${client.escapeIdentifier(schema)} to ${APP_ROLE}`,
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
