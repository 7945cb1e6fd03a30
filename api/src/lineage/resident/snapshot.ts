// A resident graph kept in a file from one start to the next: see decision 30.
import { createHash } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { endianness } from 'node:os';
import type pg from 'pg';
import { log } from '../../platform/log.ts';
import {
  AMOUNT_BASES,
  AMOUNT_UNITS,
  EDGE_KINDS,
  MEASUREMENT_METHODS,
  NODE_KINDS,
  STARTED_FROM,
  TRAINING_STAGES,
  TRANSFORMATION_EFFECTS,
} from '../kinds.ts';
import { copyOf } from './resident.store.ts';
import { RESIDENT_TABLES, ResidentGraph } from './resident-graph.ts';
import {
  markSnapshot,
  type Place,
  type Snapshot,
  seeingAll,
  selectMarked,
  selectPlace,
} from './snapshot.store.ts';
import { readSnapshot, SnapshotRefusal, writeSnapshot } from './snapshot-file.ts';

/** Changed anew whenever the tables of the graph lay their rows out in another way. */
const FORMAT = 1;
/** More changed rows than these, and than this part of all, are sooner copied with everything else. */
const MOST_CHANGED = 100_000;
const CHANGED_PART = 0.1;
/** A file holds a few things twice that memory holds once. */
const MOST_OF_MEMORY = 1.25;

/** What the arrays mean: which columns were read, and which label each number stands for. */
const MEANING = createHash('sha256')
  .update(
    JSON.stringify([
      FORMAT,
      endianness(),
      RESIDENT_TABLES.map((table) => copyOf(table)),
      [EDGE_KINDS, NODE_KINDS, AMOUNT_UNITS, AMOUNT_BASES, MEASUREMENT_METHODS],
      [STARTED_FROM, TRAINING_STAGES, TRANSFORMATION_EFFECTS],
    ]),
  )
  .digest('hex');

interface About extends Place {
  meaning: string;
  /** Everything of earlier transactions is in the file, and of none that had not ended when it was written. */
  since: string;
}

/** The file of one server's graph. It never decides what is true: where anything does not fit, the database is copied. */
export class SnapshotKeeper {
  private readonly path: string;
  private last: Snapshot | null = null;

  constructor(path: string) {
    this.path = path;
  }

  /**
   * The graph as the file has it, and the transaction since which changes are to be taken in; null where it must be
   * copied.
   */
  async restore(client: pg.Client, most: number): Promise<{ graph: ResidentGraph; since: string } | null> {
    try {
      const place = await selectPlace(client);
      if (place === null) return null;
      let since = '';
      const read = await readSnapshot(this.path, most * MOST_OF_MEMORY, async (about) => {
        since = sinceOf(about, place);
      });
      if (read === null) return null;
      const snapshot = { since, digest: read.digest };
      const { marked, changed } = await seeingAll(client, () => selectMarked(client, snapshot));
      if (!marked)
        throw new SnapshotRefusal('the database does not know it, or tells no more what came after it');
      const graph = ResidentGraph.of(read.sections);
      if (changed > Math.max(MOST_CHANGED, CHANGED_PART * graph.edges.length))
        throw new SnapshotRefusal(`${changed} rows changed since`);
      this.last = snapshot;
      return { graph, since };
    } catch (error) {
      if (!(error instanceof SnapshotRefusal || error instanceof RangeError) && !isOfFiles(error))
        throw error;
      log.info({ reason: (error as Error).message }, 'the snapshot of the lineage is not used');
      return null;
    }
  }

  /**
   * Writes the graph while it goes on changing; `since` is up to where it has taken the feed in as this is called. False
   * where the file could not be written.
   */
  async keep(client: pg.Client, graph: ResidentGraph, since: string): Promise<boolean> {
    const sections = graph.sections();
    try {
      const place = await selectPlace(client);
      if (place === null) return false;
      const about: About = { ...place, meaning: MEANING, since };
      await writeSnapshot(this.path, about, sections, async (digest) => {
        await seeingAll(client, () => markSnapshot(client, { since, digest, replaced: this.last }));
        this.last = { since, digest };
      });
      return true;
    } catch (error) {
      if (!isOfFiles(error)) throw error;
      log.warn({ error: String(error) }, 'the lineage could not be kept in a file');
      return false;
    }
  }

  /** Where it proved to say something else than the database. */
  async forget(): Promise<void> {
    this.last = null;
    await rm(this.path, { force: true }).catch(() => undefined);
  }
}

/** From where on changes are to be taken in. SnapshotRefusal where the file is of another database or version. */
function sinceOf(about: unknown, place: Place): string {
  const said = about as Partial<About>;
  if (said.meaning !== MEANING) throw new SnapshotRefusal('another version wrote it');
  if (said.system !== place.system || said.database !== place.database)
    throw new SnapshotRefusal('it is of another database');
  if (said.migrations !== place.migrations) throw new SnapshotRefusal('the database was migrated since');
  if (!/^\d{1,18}$/.test(said.since ?? '')) throw new SnapshotRefusal('it does not say since when');
  return said.since!;
}

const isOfFiles = (error: unknown) => typeof (error as NodeJS.ErrnoException).syscall === 'string';
