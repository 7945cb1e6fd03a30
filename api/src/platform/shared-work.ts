/** The same work, which is done once for all who ask for it while it is being done. */
export function sharedWork<T>(work: () => PromiseLike<T>): () => Promise<T> {
  let going: Promise<T> | null = null;
  return () => {
    going ??= Promise.resolve(work()).finally(() => {
      going = null;
    });
    return going;
  };
}
