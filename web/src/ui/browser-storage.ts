/** Storage may be closed to us, as in private windows: then the page works, and nothing is kept. */
export function stored<Result>(
  which: 'localStorage' | 'sessionStorage',
  use: (storage: Storage) => Result,
): Result | null {
  try {
    return use(window[which]);
  } catch {
    return null;
  }
}
