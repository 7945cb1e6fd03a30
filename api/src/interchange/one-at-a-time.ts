/** What is done when its turn has come, which ends with it or when it is let go before. */
type Work<T> = (letGo: () => void) => Promise<T>;

/** Reading a log takes memory and time, so the files of several senders are read one after another. */
export function oneAtATime(): <T>(work: Work<T>) => Promise<T> {
  let last: Promise<unknown> = Promise.resolve();
  return (work) => {
    const before = last;
    let letGo = () => {};
    const gone = new Promise<void>((resolve) => {
      letGo = resolve;
    });
    const mine = before.then(() => work(letGo));
    last = Promise.race([gone, mine.catch(() => undefined)]);
    return mine;
  };
}
