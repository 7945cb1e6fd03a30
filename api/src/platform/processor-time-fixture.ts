// For tests of what a hostile file may cost: processor time, which other work on the machine changes little.

/** The seconds for which the processor was busy with the work of this process. */
export async function processorSeconds(work: () => unknown): Promise<number> {
  const begun = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(begun);
  return (user + system) / 1_000_000;
}
