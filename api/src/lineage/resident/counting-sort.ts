/** Lets other work of the process go on; a long pass over many rows waits for it every now and then. */
export type Pause = () => Promise<void>;

const SLICE = 250_000;

/** Runs `work` over 0…length in slices, and pauses between two. */
export async function inSlices(
  length: number,
  pause: Pause,
  work: (from: number, to: number) => void,
): Promise<void> {
  for (let from = 0; from < length; from += SLICE) {
    if (from > 0) await pause();
    work(from, Math.min(length, from + SLICE));
  }
}

export interface Sorted {
  /** The rows of bucket b are order[start[b]]…order[start[b + 1] - 1], as they stood before. */
  start: Int32Array;
  order: Int32Array;
}

/** Sorts 0…length by `keys`, each from 0 to buckets-1, in linear time; rows of one key keep their order. */
export async function countingSort(
  keys: Int32Array,
  length: number,
  buckets: number,
  pause: Pause,
): Promise<Sorted> {
  const start = new Int32Array(buckets + 1);
  await inSlices(length, pause, (from, to) => {
    for (let i = from; i < to; i++) start[keys[i]! + 1]! += 1;
  });
  for (let b = 0; b < buckets; b++) start[b + 1]! += start[b]!;
  await pause();
  const next = start.slice(0, buckets);
  const order = new Int32Array(length);
  await inSlices(length, pause, (from, to) => {
    for (let i = from; i < to; i++) order[next[keys[i]!]!++] = i;
  });
  return { start, order };
}
