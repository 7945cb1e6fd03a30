import { log } from './log.ts';

/** Where sealed objects are kept, each under a name of our making. It never learns what is in them. */
export interface ObjectStore {
  /** Keeps the content under a new name, whole or not at all: where it rejects, nothing is left. */
  put(name: string, content: AsyncIterable<Uint8Array>): Promise<void>;
  /** @throws ObjectMissing where there is none of that name. */
  get(name: string): Promise<AsyncIterable<Uint8Array>>;
  /**
   * `length` bytes of it from `from` on, both counted in bytes; fewer where it ends before.
   * @throws ObjectMissing where there is none of that name.
   */
  range(name: string, from: number, length: number): Promise<AsyncIterable<Uint8Array>>;
  /** Takes back what was put and never recorded; removing nothing is no error. */
  remove(name: string): Promise<void>;
}

export class ObjectMissing extends Error {
  constructor(name: string) {
    super(`The object ${name} is not where it was kept.`);
  }
}

/**
 * What is done where an object could not be removed: nothing names it and nobody has its key, so whoever asked is told
 * what came of their request, and the log that it stays.
 */
export const leftBehind =
  (object: string) =>
  (error: unknown): void =>
    log.error({ object, error: error instanceof Error ? error.message : String(error) }, LEFT_BEHIND);

const LEFT_BEHIND = 'An object that nothing names could not be removed from its store.';

/** Names are 32 hexadecimal digits, so that none can lead anywhere else. */
export function checkName(name: string): string {
  if (!/^[0-9a-f]{32}$/.test(name)) throw new Error('This is no name of an object.');
  return name;
}
