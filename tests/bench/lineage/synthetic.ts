// A lineage of any size from a seed: sources that much depends on, mixtures of mixtures, and what was trained on them.
import { finished } from 'node:stream/promises';
import pg from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import { Dice } from '../../access/world/dice.ts';

/** Nodes for each edge, as in what was measured before: see PERFORMANCE. */
const NODES_AN_EDGE = 0.335;
const START = Date.UTC(2026, 0, 1);

type Kind = 'SOURCE' | 'DATASET_VERSION' | 'TRAINING_RUN' | 'MODEL_VERSION' | 'EVAL_RUN' | 'INCIDENT';

export interface Synthetic {
  nodes: number;
  edges: number;
  compositions: number;
  /** Ids of nodes to begin at. */
  models: number[];
  incidents: number[];
  /** The source that most was made from. */
  hub: number;
}

interface Made {
  kind: Kind;
  id: number;
}

/** Rows of one table as text for COPY, a batch at a time. */
class Table {
  rows = 0;
  private readonly into: NodeJS.WritableStream;
  private batch: string[] = [];

  constructor(into: NodeJS.WritableStream) {
    this.into = into;
  }

  async add(...fields: (string | number | null)[]): Promise<void> {
    this.rows += 1;
    this.batch.push(fields.map((field) => (field === null ? '\\N' : field)).join('\t'));
    if (this.batch.length >= 5_000) await this.flush();
  }

  async flush(): Promise<void> {
    if (this.batch.length === 0) return;
    const text = `${this.batch.join('\n')}\n`;
    this.batch = [];
    if (!this.into.write(text)) await new Promise((resolve) => this.into.once('drain', resolve));
  }

  async end(): Promise<void> {
    await this.flush();
    this.into.end();
    await finished(this.into);
  }
}

/**
 * Fills an empty database with about `edges` edges. The rows go past the triggers, which would check ten million of
 * them for what holds by how they are made: every edge leads to an earlier node.
 */
export async function fill(superuserUrl: string, edges: number, seed: number): Promise<Synthetic> {
  const clients = await Promise.all([0, 1, 2, 3].map(() => connected(superuserUrl)));
  const [admin, nodeClient, edgeClient, compositionClient] = clients as [
    pg.Client,
    pg.Client,
    pg.Client,
    pg.Client,
  ];
  try {
    const indexes = await withoutIndexes(admin, ['edge', 'node', 'composition']);
    const tables = {
      node: new Table(
        nodeClient.query(
          copyFrom(
            'copy node (id, kind, name, version, visibility, team_id, actor_id, recorded_at) from stdin',
          ),
        ),
      ),
      composition: new Table(
        compositionClient.query(
          copyFrom(
            'copy composition (id, node_id, unit, complete, visibility, team_id, actor_id, recorded_at) from stdin',
          ),
        ),
      ),
      edge: new Table(
        edgeClient.query(
          copyFrom(
            `copy edge (id, kind, downstream, upstream, composition_id, amount, amount_unit, visibility, team_id,
              actor_id, recorded_at) from stdin`,
          ),
        ),
      ),
    };
    const made = await write(tables, edges, new Dice(seed));
    await Promise.all(Object.values(tables).map((table) => table.end()));
    await admin.query(`insert into training_run (node_id, stage, started_from)
      select id, 'PRETRAINING', 'SCRATCH' from node where kind = 'TRAINING_RUN'`);
    for (const index of indexes) await admin.query(index);
    for (const table of ['node', 'edge', 'composition'])
      await admin.query(`select setval(pg_get_serial_sequence('${table}', 'id'), max(id)) from ${table}`);
    // As the server does by itself within a minute of so many new rows.
    await admin.query('vacuum analyze');
    return { ...made, compositions: tables.composition.rows };
  } finally {
    await Promise.all(clients.map((client) => client.end()));
  }
}

async function write(
  { node, edge, composition }: Record<'node' | 'edge' | 'composition', Table>,
  most: number,
  dice: Dice,
): Promise<Omit<Synthetic, 'compositions'>> {
  const nodes = Math.ceil(most * NODES_AN_EDGE);
  const sources: number[] = [];
  const datasets: number[] = [];
  const runs: number[] = [];
  const models: number[] = [];
  const evalRuns: number[] = [];
  const incidents: number[] = [];
  const used = new Map<number, number>();
  // Few are chosen often: the place is a power of chance, so that the first are hubs.
  const hub = (from: readonly number[]) => from[Math.floor(from.length * dice.next() ** 4)]!;
  const recent = (from: readonly number[]) =>
    from[from.length - 1 - Math.floor(Math.min(from.length, 200) * dice.next() ** 2)]!;
  const at = (id: number) => new Date(START + id * 100).toISOString();
  const who = ['PUBLIC', 1, 1] as const;

  const link = (kind: string, down: number, up: number, stated: number | null, amount: number | null) =>
    edge.add(
      edge.rows + 1,
      kind,
      down,
      up,
      stated,
      amount,
      amount === null ? null : 'FRACTION',
      ...who,
      at(down),
    );
  const mix = async (kind: string, id: number) => {
    const inputs = new Set<number>();
    const wanted = 2 + Math.floor(7 * dice.next() ** 1.2);
    while (inputs.size < Math.min(wanted, sources.length + datasets.length))
      inputs.add(datasets.length > 0 && dice.chance(0.2) ? recent(datasets) : hub(sources));
    const stated = composition.rows + 1;
    await composition.add(stated, id, 'FRACTION', 't', ...who, at(id));
    for (const input of inputs) {
      used.set(input, (used.get(input) ?? 0) + 1);
      await link(kind, id, input, stated, 1 / inputs.size);
    }
  };

  for (let id = 1; id <= nodes; id += 1) {
    const { kind } = next(id, { runs: runs.length, models: models.length, evalRuns: evalRuns.length }, dice);
    await node.add(id, kind, `${kind.toLowerCase().replace('_', '-')}-${id}`, '1', ...who, at(id));
    if (kind === 'SOURCE') sources.push(id);
    else if (kind === 'DATASET_VERSION') {
      await mix('DERIVED_FROM', id);
      datasets.push(id);
    } else if (kind === 'TRAINING_RUN') {
      await mix('USED', id);
      if (models.length > 0 && dice.chance(0.5))
        await link('INITIALIZED_FROM', id, recent(models), null, null);
      runs.push(id);
    } else if (kind === 'MODEL_VERSION') {
      await link('GENERATED_BY', id, recent(runs), null, null);
      models.push(id);
    } else if (kind === 'EVAL_RUN') {
      await link('EVALUATED', id, recent(models), null, null);
      evalRuns.push(id);
    } else {
      await link('OBSERVED_IN', id, recent(evalRuns), null, null);
      await link('EXHIBITED_BY', id, recent(models), null, null);
      incidents.push(id);
    }
  }
  let [most1, hubId] = [0, sources[0]!];
  for (const source of sources)
    if ((used.get(source) ?? 0) > most1) [most1, hubId] = [used.get(source)!, source];
  return { nodes, edges: edge.rows, models, incidents, hub: hubId };
}

function next(
  id: number,
  had: { runs: number; models: number; evalRuns: number },
  dice: Dice,
): Pick<Made, 'kind'> {
  if (id <= 20) return { kind: 'SOURCE' };
  const chance = dice.next();
  if (chance < 0.08) return { kind: 'SOURCE' };
  if (chance < 0.62) return { kind: 'DATASET_VERSION' };
  if (chance < 0.74 || had.runs === 0) return { kind: 'TRAINING_RUN' };
  if (chance < 0.88 || had.models === 0) return { kind: 'MODEL_VERSION' };
  if (chance < 0.97 || had.evalRuns === 0) return { kind: 'EVAL_RUN' };
  return { kind: 'INCIDENT' };
}

async function connected(url: string): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query("set session_replication_role = replica; set maintenance_work_mem = '256MB'");
  return client;
}

/** Takes the indexes of tables away, and gives the statements that make them again: so is filling them quicker. */
async function withoutIndexes(client: pg.Client, tables: readonly string[]): Promise<string[]> {
  const { rows } = await client.query<{ name: string; made: string }>(
    `select i.indexrelid::regclass::text as name, pg_get_indexdef(i.indexrelid) as made
     from pg_index i where i.indrelid = any($1::regclass[]) and not exists (
       select from pg_constraint c where c.conindid = i.indexrelid)`,
    [tables],
  );
  for (const { name } of rows) await client.query(`drop index ${name}`);
  return rows.map(({ made }) => made);
}
