// What the process that runs a soak and those that compare worlds for it say to each other.
import type { TestServer } from '../../testkit/global-setup.ts';
import type { Compared } from '../pair.ts';
import type { PrincipalName } from '../world/principals.ts';

/** What is compared: what is read, what is tried, what is read once others did what is not seen, and what rules say. */
export type Phase = 'reading' | 'changing' | 'unseen' | 'judging';

export type ToWorker =
  | { kind: 'begin'; server: TestServer }
  | {
      kind: 'compare';
      seed: number;
      readers: readonly PrincipalName[];
      writers: readonly PrincipalName[];
      /** Of the readers those who have others do what they do not see. */
      unseen: readonly PrincipalName[];
    };

/** Which pair of worlds it is about. */
interface About {
  seed: number;
  who: PrincipalName;
  phase: Phase;
}

export type FromWorker =
  /** Ready for worlds: with every coordinate of the schema. */
  | { kind: 'ready'; all: readonly string[] }
  | ({ kind: 'compared' } & About & Compared)
  /** What could not be compared, and why. */
  | ({ kind: 'failed'; error: string } & About)
  /** A world is done: which coordinates resolved in it, and how often any did. */
  | { kind: 'done'; seed: number; hit: readonly string[]; resolved: number };
