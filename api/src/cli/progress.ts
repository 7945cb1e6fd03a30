/** One line a step, with the seconds it took; steps may run at the same time. */
export interface Progress {
  /** `say` adds what is worth knowing to the step's line; `tell` prints a line while it goes on. */
  step<T>(
    title: string,
    work: (say: (detail: string) => void, tell: (line: string) => void) => Promise<T>,
  ): Promise<T>;
}

/** How long a step may be silent before it says that it still goes on. */
const SILENCE_MS = 10_000;

export function progressTo(print: (line: string) => void): Progress {
  return {
    async step(title, work) {
      const began = performance.now();
      const seconds = () => `${((performance.now() - began) / 1000).toFixed(1)} s`;
      let detail = '';
      const still = setInterval(() => print(`  … ${title} (${seconds()} so far)`), SILENCE_MS);
      try {
        const result = await work(
          (more) => {
            detail = `: ${more}`;
          },
          (line) => {
            still.refresh();
            print(`    ${line}`);
          },
        );
        print(`  ✓ ${title}${detail} (${seconds()})`);
        return result;
      } finally {
        clearInterval(still);
      }
    },
  };
}
