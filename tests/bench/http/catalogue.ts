import pg from 'pg';

/** What stands beside the nodes of a synthetic lineage: incidents, models, eval runs and a measurement of each run. */
const STATEMENTS = [
  `insert into behavior (name, title, visibility, team_id, actor_id) values ('blackmail', 'Blackmail', 'PUBLIC', 1, 1)`,
  `insert into evaluation (name, title, visibility, team_id, actor_id) values ('agentic', 'Agentic', 'PUBLIC', 1, 1)`,
  `insert into evaluation_version (evaluation_id, version, visibility, team_id, actor_id)
   select id, '1', 'PUBLIC', 1, 1 from evaluation`,
  `insert into model (name, title, visibility, team_id, actor_id)
   select 'model-of-' || n.name, n.name, 'PUBLIC', 1, 1 from node n where n.kind = 'MODEL_VERSION'`,
  `insert into model_version (node_id, model_id)
   select n.id, m.id from node n join model m on m.name = 'model-of-' || n.name where n.kind = 'MODEL_VERSION'`,
  `insert into eval_run (node_id, evaluation_version_id, status)
   select n.id, v.id, 'SUCCESS' from node n cross join evaluation_version v where n.kind = 'EVAL_RUN'`,
  `insert into measurement (eval_run_id, behavior_id, exhibited, not_exhibited, unscored, sample_count, rate, visibility,
     team_id, actor_id)
   select e.node_id, b.id, e.node_id % 50, 100 - e.node_id % 50, 0, 100, (e.node_id % 50) / 100.0, 'PUBLIC', 1, 1
   from eval_run e cross join behavior b`,
  `insert into incident (node_id, key, title, summary, setting, severity, status, occurred_at, submitted_at)
   select n.id, 'MBI-2026-' || lpad(n.id::text, 8, '0'), 'A model threatened an engineer, in test ' || n.id,
     'It was told that it would be replaced.', 'SAFETY_TEST', 'HIGH', 'SUBMITTED', n.recorded_at, n.recorded_at
   from node n where n.kind = 'INCIDENT'`,
  `update node n set name = i.key, version = null from incident i where i.node_id = n.id`,
  'analyze',
];

/** Writes them, past the triggers. */
export async function fillCatalogue(superuserUrl: string): Promise<void> {
  const client = new pg.Client({ connectionString: superuserUrl });
  await client.connect();
  try {
    await client.query('set session_replication_role = replica');
    for (const statement of STATEMENTS) await client.query(statement);
  } finally {
    await client.end();
  }
}
