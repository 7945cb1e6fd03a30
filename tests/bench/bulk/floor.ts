// What nothing can beat with the same storage: COPY of resolved ids into a table of the same columns and indexes.
import { finished } from 'node:stream/promises';
import type pg from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import type { NumberedEdge } from '../../../api/src/lineage/bulk/merge-lineage.ts';

export interface Known {
  id: number;
  ref: string;
}

export interface Nodes {
  datasets: Known[];
  sources: Known[];
  /** The datasets that edges lead from. */
  fresh: Known[];
}

/** The same rows, each once, into a table like `edge` as it stands, without its triggers. */
export class Floor {
  private readonly admin: pg.Client;
  private readonly idOf: Map<string, number>;

  private constructor(admin: pg.Client, { datasets, sources }: Nodes) {
    this.admin = admin;
    this.idOf = new Map([...datasets, ...sources].map(({ ref, id }) => [ref, id]));
  }

  static async make(admin: pg.Client, known: Nodes): Promise<Floor> {
    await admin.query(`create table edge_floor (like edge including defaults including identity including indexes);
      insert into edge_floor overriding system value select * from edge`);
    await admin.query(
      `select setval(pg_get_serial_sequence('edge_floor', 'id'), (select max(id) from edge_floor))`,
    );
    // Rows that are there already would be refused by what is unique: the same index, not unique, costs as much.
    const { rows: unique } = await admin.query<{ name: string; made: string }>(
      `select indexrelid::regclass::text as name, pg_get_indexdef(indexrelid) as made from pg_index
       where indrelid = 'edge_floor'::regclass and indisunique and not indisprimary`,
    );
    for (const { name, made } of unique) {
      await admin.query(`drop index ${name}`);
      await admin.query(
        made.replace('CREATE UNIQUE INDEX', 'CREATE INDEX').replace(/NULLS NOT DISTINCT/, ''),
      );
    }
    await admin.query('vacuum analyze edge_floor');
    return new Floor(admin, known);
  }

  /** In milliseconds. */
  async copy(lines: readonly NumberedEdge[]): Promise<number> {
    const now = new Date().toISOString();
    const texts = lines.map(
      ({ kind, downstream, upstream }) =>
        `${kind}\t${this.idOf.get(downstream)}\t${this.idOf.get(upstream)}\tPUBLIC\t1\t1\t${now}\n`,
    );
    const begun = performance.now();
    const into = this.admin.query(
      copyFrom(
        'copy edge_floor (kind, downstream, upstream, visibility, team_id, actor_id, recorded_at) from stdin',
      ),
    );
    for (let i = 0; i < texts.length; i += 2_000) {
      if (!into.write(texts.slice(i, i + 2_000).join('')))
        await new Promise((resolve) => into.once('drain', resolve));
    }
    into.end();
    await finished(into);
    return performance.now() - begun;
  }

  async drop(): Promise<void> {
    await this.admin.query('drop table edge_floor');
  }
}
