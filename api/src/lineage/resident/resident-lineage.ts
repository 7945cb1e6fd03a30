import type { Viewer } from '../../access/viewer.ts';
import { type BoundDb, boundTo } from '../../platform/bound-database.ts';
import type { Db } from '../../platform/database.ts';
import { log } from '../../platform/log.ts';
import { SEES_ALL } from '../../platform/rights.ts';
import type { LineageSource } from '../lineage-source.ts';
import { agrees, sampleOf } from './agreement.ts';
import { TooLarge } from './copy-from-database.ts';
import { Follower, type Loaded } from './follower.ts';
import { inTime, LOAD_MS, LOOK_MS, withinMs } from './in-time.ts';
import { residentSource } from './resident-source.ts';
import { Seeing } from './seeing.ts';
import { SeenNow } from './seen-now.ts';
import { Sight } from './sight.ts';
import { SnapshotKeeper } from './snapshot.ts';

/** How often the database is asked for changes, in ms: while there is something to answer, and while there is not. */
const BUSY_EVERY = 40;
const IDLE_EVERY = 250;
const BUSY_FOR = 10_000;
/** A graph that was not brought up to date for so long is not answered from. */
const STALE_AFTER = 1_000;
/** The feed forgets after an hour: whoever was away for half of that loads all again. */
const RELOAD_AFTER = 30 * 60_000;
/** How often a sample is compared with the database, in ms. */
const VERIFY_EVERY = 60_000;
const SAMPLE = 16;
/** How often who sees what is asked again because it changed meanwhile. */
const MOST_ASKED = 3;
/** The database holds what a file needs for a day after it was written: well before that, it is written anew, in ms. */
const KEEP_EVERY = 6 * 60 * 60_000;
const RETRY_FIRST = 250;
const RETRY_MOST = 30_000;

export interface ResidentOptions {
  /** For the connection that follows, and (`db`) for what is asked beside it. */
  url: string;
  db: Db;
  /** In bytes; a graph that takes more is given up, and the database answers. */
  most: number;
  /** Where the graph is kept from one start to the next, once it has so many edges; nowhere unless told. */
  file?: { path: string; least: number };
}

export type ResidentState = 'loading' | 'serving' | 'too large' | 'failing' | 'closed';

/**
 * The lineage in this process's memory, kept as the database has it. It answers only while it is known to be fresh;
 * otherwise the database does, so that an answer is never wrong, only slower.
 */
export class ResidentLineage {
  state: ResidentState = 'loading';
  /** Where the graph at hand was loaded from. */
  loadedFrom: 'file' | 'database' | null = null;
  private readonly options: ResidentOptions;
  private follower: Follower | null = null;
  private loaded: Loaded | null = null;
  /** By the process's clock, in ms. */
  private freshAt = 0;
  private busyUntil = 0;
  private looking: Promise<void> | null = null;
  private lookBegan = 0;
  private timer: NodeJS.Timeout | null = null;
  private verifying: NodeJS.Timeout | null = null;
  private retryIn = RETRY_FIRST;
  // Another once an audience has changed: what is being asked meanwhile then goes nowhere.
  private seeing = new Seeing();
  private readonly keeper: SnapshotKeeper | null;
  private keeping: Promise<void> | null = null;
  /** By the process's clock, in ms. */
  private keptAt = performance.now();

  constructor(options: ResidentOptions) {
    this.options = options;
    this.keeper = options.file === undefined ? null : new SnapshotKeeper(options.file.path);
  }

  /** Loads the graph at the first call; resolves when it serves, or when it is known that it will not for now. */
  async ready(): Promise<void> {
    if (this.state === 'loading') await this.look(true);
    this.verifying ??= setInterval(() => void this.verify(), VERIFY_EVERY).unref();
  }

  /** Loads all anew, as after rows were put in past the feed; the database answers until then. */
  async reload(): Promise<void> {
    while (this.looking !== null || this.keeping !== null) await Promise.all([this.looking, this.keeping]);
    this.loaded = null;
    await this.keeper?.forget();
    await this.look();
  }

  /** The latest moment of which everything is in memory; null where the database must be asked. */
  moment(): Date | null {
    this.busyUntil = performance.now() + BUSY_FOR;
    return this.serves() ? new Date(this.loaded!.moment) : null;
  }

  /** What a viewer sees as known on a moment, of what memory has caught up to; null where the database must be asked. */
  async source(db: BoundDb, viewer: Viewer, on: Date): Promise<LineageSource | null> {
    const sight = await this.sight(db, viewer, on);
    return sight && residentSource(sight);
  }

  /** The same, for what reads the columns themselves: good until something else is awaited. */
  async sight(db: BoundDb, viewer: Viewer, on: Date): Promise<Sight | null> {
    this.busyUntil = performance.now() + BUSY_FOR;
    if (!this.serves() || on.getTime() > this.loaded!.moment) return null;
    const seen = await this.seenBy(db, viewer);
    return seen === null || !this.serves() ? null : new Sight(this.loaded!.graph, seen, on.getTime());
  }

  /** What a viewer sees of rows as they stand; null where the database must be asked. */
  async now(db: BoundDb, viewer: Viewer): Promise<SeenNow | null> {
    this.busyUntil = performance.now() + BUSY_FOR;
    if (!this.serves()) return null;
    const seen = await this.seenBy(db, viewer);
    return seen === null || !this.serves() ? null : new SeenNow(this.loaded!.graph, seen);
  }

  /**
   * Resolves when everything that had committed before the call is in memory, or is left to the database: it waits no
   * longer than memory may be behind.
   */
  async catchUp(): Promise<void> {
    if (this.state !== 'serving') return;
    // A look that has taken so long already leaves memory too old to answer: nobody else waits for it.
    if (this.looking !== null && performance.now() - this.lookBegan > STALE_AFTER) return;
    await withinMs(STALE_AFTER, this.lookAnew());
  }

  private async lookAnew(): Promise<void> {
    // A look under way may have begun before the commit.
    if (this.looking !== null) await this.looking;
    await this.look(true);
  }

  /**
   * Compares a sample, of these nodes or of some by chance, with the database; answers whether memory was right, and
   * null where it could not be compared. Where it was not, all is loaded again, and the database answers until then.
   */
  async verify(nodes?: readonly bigint[]): Promise<boolean | null> {
    if (!this.serves()) return null;
    const db = boundTo(this.options.db, SEES_ALL);
    try {
      // Who may see a row has no date: what changes between the two readings is looked at once more.
      for (let tries = 0; tries < 2; tries += 1) {
        await this.catchUp();
        if (!this.serves()) return null;
        const { graph, moment } = this.loaded!;
        if (await agrees(graph, db, nodes ?? sampleOf(graph, SAMPLE), new Date(moment))) return true;
      }
    } catch (error) {
      log.warn({ error: String(error) }, 'the lineage in memory could not be compared with the database');
      return null;
    }
    log.error('the lineage in memory disagreed with the database and is loaded again');
    await this.reload();
    return false;
  }

  async close(): Promise<void> {
    this.state = 'closed';
    if (this.timer !== null) clearTimeout(this.timer);
    if (this.verifying !== null) clearInterval(this.verifying);
    await withinMs(STALE_AFTER, this.looking ?? Promise.resolve());
    await withinMs(STALE_AFTER, this.keeping ?? Promise.resolve());
    await this.follower?.close();
  }

  /** Resolves when what is being written to a file is there, or is known not to come. */
  async kept(): Promise<void> {
    await this.keeping;
  }

  /** What it takes, in rows and bytes: in all, of the topology, and of that with weights, kinds and times. */
  figures(): { nodes: number; edges: number; bytes: number; topology: number; carried: number } {
    const graph = this.loaded?.graph;
    if (graph === undefined) return { nodes: 0, edges: 0, bytes: 0, topology: 0, carried: 0 };
    const { nodes, edges, bytes } = graph;
    const carried = edges.bytes - edges.standings.bytes;
    return { nodes: nodes.length, edges: edges.length, bytes, topology: edges.topologyBytes, carried };
  }

  private get closed(): boolean {
    return this.state === 'closed';
  }

  private serves(): boolean {
    const fresh = performance.now() - this.freshAt < STALE_AFTER;
    return fresh && this.state === 'serving' && this.loaded !== null;
  }

  private look(tell = false): Promise<void> {
    if (this.looking !== null) return this.looking;
    this.lookBegan = performance.now();
    this.looking = this.lookOnce(tell).finally(() => {
      this.looking = null;
      this.schedule();
    });
    return this.looking;
  }

  private schedule(): void {
    if (this.closed || this.state === 'too large') return;
    if (this.timer !== null) clearTimeout(this.timer);
    const every = performance.now() < this.busyUntil ? BUSY_EVERY : IDLE_EVERY;
    this.timer = setTimeout(() => void this.look(), this.state === 'serving' ? every : this.retryIn);
    this.timer.unref();
  }

  private async lookOnce(tell: boolean): Promise<void> {
    if (this.closed) return;
    try {
      let began = performance.now();
      let grown = false;
      this.follower ??= await Follower.connect(this.options.url, () => void this.look());
      if (this.loaded === null || began - this.freshAt > RELOAD_AFTER) {
        this.loaded = await inTime(LOAD_MS, this.fromFileOrDatabase(this.follower));
        this.seeing = new Seeing();
        grown = true;
        // What was read is as old as the reading took.
        began = performance.now();
      }
      // Until both the rows and who sees them are as they were on one moment, the database answers.
      const unsettled = () => {
        this.freshAt = Number.NEGATIVE_INFINITY;
      };
      const { moment, audiences, changed } = await inTime(LOOK_MS, this.follower.catchUp(unsettled));
      this.loaded.moment = moment;
      if (audiences) this.seeing = new Seeing();
      if (changed) {
        this.busyUntil = began + BUSY_FOR;
        if (tell) await this.follower.nudge();
      }
      this.freshAt = began;
      this.retryIn = RETRY_FIRST;
      if (!this.closed) this.state = 'serving';
      if (changed) grown = true;
      if (grown && this.loaded.graph.bytes > this.options.most) throw new TooLarge(this.loaded.graph.bytes);
      this.keep(this.follower, this.loaded);
    } catch (error) {
      if (this.closed) return;
      if (error instanceof TooLarge) {
        this.giveUp(error.bytes);
        return;
      }
      log.warn({ error: String(error) }, 'the lineage in memory is not fresh: the database answers');
      // What does not fit what it was loaded from is not loaded from there again.
      if (error instanceof RangeError) await this.keeper?.forget();
      this.state = 'failing';
      this.loaded = null;
      void this.follower?.close();
      this.follower = null;
      this.retryIn = Math.min(RETRY_MOST, this.retryIn * 2);
    }
  }

  private async fromFileOrDatabase(follower: Follower): Promise<Loaded> {
    const { most } = this.options;
    const restored = this.keeper && (await follower.restore(this.keeper, most));
    this.loadedFrom = restored ? 'file' : 'database';
    return restored ?? follower.load(most);
  }

  /** Keeps the graph in a file where that is due: beside everything else, and without it where that fails. */
  private keep(follower: Follower, { graph }: Loaded): void {
    const { keeper, keeping, closed } = this;
    const { url, file } = this.options;
    if (keeper === null || keeping !== null || closed || graph.edges.length < file!.least) return;
    const now = performance.now();
    const old = now - this.keptAt > KEEP_EVERY;
    if (old) this.keptAt = now;
    this.keeping = follower
      .keep(keeper, url, old)
      .catch((error) => log.warn({ error: String(error) }, 'the lineage could not be kept in a file'))
      .finally(() => {
        this.keeping = null;
      });
  }

  private giveUp(bytes: number): void {
    log.warn(
      { bytes, most: this.options.most },
      'the lineage takes more memory than it may: the database answers',
    );
    this.state = 'too large';
    this.loaded = null;
    void this.follower?.close();
    this.follower = null;
  }

  /**
   * What is asked now may be newer than the rows in memory, of which some may have been given another audience at the same
   * time: they are brought up to it before it is used, and where an audience changed it is asked again.
   */
  private async seenBy(db: BoundDb, viewer: Viewer): Promise<Uint8Array | null> {
    const loaded = this.loaded!;
    for (let tries = 0; tries < MOST_ASKED; tries += 1) {
      const { seeing } = this;
      const answer = seeing.of(db, viewer, loaded.graph.standings.all);
      if (answer instanceof Uint8Array) return answer;
      const seen = await answer;
      await this.catchUp();
      // What was read before a reload tells nothing of the standings after it.
      if (this.loaded !== loaded) return null;
      if (this.seeing === seeing) return seen;
    }
    return null;
  }
}
