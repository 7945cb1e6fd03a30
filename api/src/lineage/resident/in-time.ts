/** A database that has not answered by then is taken to be gone, in ms: asked what changed, and to tell everything. */
export const LOOK_MS = 30_000;
export const LOAD_MS = 10 * 60_000;

/** Waits for some work, but no longer than this; the work goes on. */
export async function withinMs(ms: number, work: Promise<void>): Promise<void> {
  await inTime(ms, work).catch((error) => {
    if (!(error instanceof TooLate)) throw error;
  });
}

/** Some work takes longer than it may. */
class TooLate extends Error {}

/** What the work answers; TooLate where it takes longer than this. */
export async function inTime<T>(ms: number, work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new TooLate(`The database did not answer within ${ms} ms.`)), ms);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
