// Keeps a resident graph as the database has it: loads it once, then follows what changes.
import type pg from 'pg';
import {
  BRIEF,
  bearSilence,
  connectClient,
  type Limits,
  leaveClient,
  withinLimits,
} from '../../platform/connection.ts';
import { copyInto, TooLarge } from './copy-from-database.ts';
import type { Pause } from './counting-sort.ts';
import { LOAD_MS, LOOK_MS } from './in-time.ts';
import { selectAboutEdges } from './resident.store.ts';
import { RESIDENT_TABLES, ResidentGraph, type ResidentTable } from './resident-graph.ts';
import type { SnapshotKeeper } from './snapshot.ts';

const SEES_ALL = `select speak_for('all')`;
const MOMENT = `select extract(epoch from certain_moment()) * 1000 as moment`;
/** How many rows are read anew by one statement. */
const AT_ONCE = 5_000;

/** More than an edge takes with its nodes: room is made beforehand for no more of them than can surely be held, in bytes. */
const BYTES_AN_EDGE = 128;

const FOLLOWING: Limits = { ...BRIEF, statement: LOOK_MS, lockWait: 10_000, silence: LOOK_MS + 10_000 };
/** Of a connection that may stand idle until the other one has copied the edges. */
const LOADING: Limits = {
  ...FOLLOWING,
  statement: LOAD_MS,
  idleTransaction: LOAD_MS,
  silence: LOAD_MS + 10_000,
};

const pause: Pause = () => new Promise((resolve) => setImmediate(resolve));

export interface Loaded {
  graph: ResidentGraph;
  /** Everything recorded up to this moment is in the graph, in milliseconds by the database's clock. */
  moment: number;
}

/** A change that the feed tells of: an audience is none of the tables, but decides who sees their rows. */
type Changed = ResidentTable | 'audience';
interface Entry {
  seq: string;
  xid: string;
  changed: Changed;
  ids: string[];
}

/** Of each row what all of them say, and one entry, where there is any. */
type News = { moment: number; xmin: string } & (Entry | { seq: null });

/** One connection by which a resident graph is loaded and brought up to date. Its calls must not overlap. */
export class Follower {
  private readonly client: pg.Client;
  /** The second connection of a load that is under way; null where there is none. */
  private beside: pg.Client | null = null;
  private closed = false;
  private graph = new ResidentGraph();
  private compacting = false;
  /** Whether the graph was copied or compacted since it was last kept in a file. */
  private unkept = false;
  /** Why the graph can no longer be trusted to be whole; null while it can. */
  private broken: Error | null = null;
  /** Entries of transactions before this one have all been taken in. */
  private from = '0';
  /** Entries taken in of that transaction and later ones: their sequence numbers, and whose they are. */
  private taken = new Map<string, bigint>();

  private readonly url: string;

  constructor(client: pg.Client, url: string) {
    [this.client, this.url] = [client, url];
  }

  static async connect(url: string, nudge: () => void): Promise<Follower> {
    const client = await connected(url, 'headwater lineage');
    client.on('notification', nudge);
    // lineage_news is refused in transactions of another kind, which a database may have for its default.
    await client.query(`set default_transaction_isolation = 'read committed'; listen ${CHANNEL}`);
    return new Follower(client, url);
  }

  /** Has everything as a file tells it, to be caught up from there; null where it must be read. */
  async restore(keeper: SnapshotKeeper, most: number): Promise<Loaded | null> {
    const kept = await keeper.restore(this.client, most);
    if (kept === null) return null;
    if (kept.graph.bytes > most) throw new TooLarge(kept.graph.bytes);
    [this.graph, this.from, this.taken] = [kept.graph, kept.since, new Map()];
    this.unkept = false;
    return { graph: kept.graph, moment: 0 };
  }

  /** Keeps the graph in a file, beside everything else, where that is due or `anyhow`. */
  async keep(keeper: SnapshotKeeper, url: string, anyhow: boolean): Promise<void> {
    if (!this.unkept && !anyhow) return;
    this.unkept = false;
    const client = await connected(url, 'headwater lineage file');
    try {
      await keeper.keep(client, this.graph, this.from);
    } finally {
      await leaveClient(client);
    }
  }

  /**
   * Reads everything, as of one snapshot: the edges over a connection of their own, beside all else, where one is to be
   * had. TooLarge where it takes more than `most` bytes; RangeError where a table holds what this version does not know.
   */
  async load(most: number): Promise<Loaded> {
    const moment = await this.momentNow();
    const graph = new ResidentGraph();
    this.beside = await connected(this.url, 'headwater lineage edges', LOADING).catch(() => null);
    try {
      if (this.closed) throw new Error('The connection was closed before the lineage was read.');
      bearSilence(this.client, LOADING.silence);
      await this.client.query(
        `begin isolation level repeatable read read only; ${withinLimits(LOADING)}; ${SEES_ALL}`,
      );
      const { rows } = await this.client.query<{ xmin: string; shared: string }>(
        'select pg_snapshot_xmin(pg_current_snapshot())::text as xmin, pg_export_snapshot() as shared',
      );
      const { xmin, shared } = rows[0]!;
      await this.beside?.query(
        `begin isolation level repeatable read read only; set transaction snapshot '${shared}'; ${SEES_ALL}`,
      );
      graph.beginLoading({ edges: Math.min(await selectAboutEdges(this.client), most / BYTES_AN_EDGE) });
      await this.copyAll(graph, most);
      await this.client.query('commit');
      await this.leaveBeside();
      await graph.compact(pause);
      this.graph = graph;
      this.from = xmin;
      this.taken = new Map();
      this.unkept = true;
      return { graph, moment };
    } catch (error) {
      await this.client.query('rollback').catch(() => undefined);
      throw error;
    } finally {
      bearSilence(this.client, FOLLOWING.silence);
      await this.leaveBeside();
    }
  }

  private async copyAll(graph: ResidentGraph, most: number): Promise<void> {
    const { beside } = this;
    const apart: ResidentTable | null = beside === null ? null : 'edge';
    const rest = async () => {
      for (const table of RESIDENT_TABLES)
        if (table !== apart) await copyInto(graph, this.client, table, { most });
    };
    if (beside === null) return rest();
    // A COPY that nobody will use is broken off: pg leaves a connection at once that is at work.
    const others = rest().catch((error: unknown) => {
      void leaveClient(beside);
      throw error;
    });
    await bothOf(others, copyInto(graph, beside, 'edge', { most }));
  }

  private async leaveBeside(): Promise<void> {
    const { beside } = this;
    this.beside = null;
    if (beside !== null) await leaveClient(beside);
  }

  /**
   * Takes in what changed since the last look, and answers up to which moment the graph is whole, and whether
   * anything changed about who may see what: then it tells so before it takes in the first row.
   */
  async catchUp(
    unsettled: () => void = () => undefined,
  ): Promise<{ moment: number; audiences: boolean; changed: boolean }> {
    if (this.broken !== null) throw this.broken;
    const { rows } = await this.client.query<News>({
      name: 'headwater_lineage_news',
      text: `select moment, xmin::text, seq::text, xid::text, changed, ids::text[]
        from lineage_news($1::xid8, $2::bigint[])`,
      values: [this.from, [...this.taken.keys()]],
    });
    const { moment, xmin } = rows[0]!;
    const entries = rows.filter((row): row is Entry & News => row.seq !== null);
    const audiences = entries.some((entry) => entry.changed === 'audience');
    if (audiences) unsettled();
    if (entries.length > 0) await this.takeIn(entries);
    for (const { seq, xid } of entries) this.taken.set(seq, BigInt(xid));
    for (const [seq, xid] of this.taken) if (xid < BigInt(xmin)) this.taken.delete(seq);
    this.from = xmin;
    if (this.graph.wantsCompaction) this.compact();
    return {
      moment,
      audiences,
      changed: entries.length > 0,
    };
  }

  /** Beside everything else: what comes meanwhile is taken in as ever. */
  private compact(): void {
    if (this.compacting) return;
    this.compacting = true;
    void this.graph
      .compact(pause)
      .then(() => {
        this.unkept = true;
      })
      .catch((error: Error) => {
        this.broken = error;
      })
      .finally(() => {
        this.compacting = false;
      });
  }

  /** Tells the other followers that there is something new. */
  async nudge(): Promise<void> {
    await this.client.query(`notify ${CHANNEL}`);
  }

  /** Does not wait for a server that no longer answers. */
  async close(): Promise<void> {
    this.closed = true;
    await Promise.all([leaveClient(this.client), this.leaveBeside()]);
  }

  private async momentNow(): Promise<number> {
    const { rows } = await this.client.query<{ moment: string }>(MOMENT);
    return Number(rows[0]!.moment);
  }

  private async takeIn(entries: readonly Entry[]): Promise<void> {
    await this.client.query(`begin; ${SEES_ALL}`);
    try {
      for (const table of RESIDENT_TABLES) {
        const ids = new Set(entries.filter((e) => e.changed === table).flatMap((e) => e.ids.map(Number)));
        const list = [...ids];
        for (let at = 0; at < list.length; at += AT_ONCE)
          await copyInto(this.graph, this.client, table, { ids: list.slice(at, at + AT_ONCE) });
      }
      await this.client.query('commit');
    } catch (error) {
      await this.client.query('rollback').catch(() => undefined);
      throw error;
    }
  }
}

/** Waits for both, and then fails where either did: the first of them before the other. */
async function bothOf(one: Promise<unknown>, other: Promise<unknown>): Promise<void> {
  for (const ended of await Promise.allSettled([one, other]))
    if (ended.status === 'rejected') throw ended.reason;
}

const connected = (url: string, name: string, limits = FOLLOWING) => connectClient(url, { name, limits });

const CHANNEL = 'headwater_lineage';
