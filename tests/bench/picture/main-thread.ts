// From a trace of the browser: how long the page's main thread worked for each frame.

interface TraceEvent {
  name: string;
  ph: string;
  pid: number;
  tid: number;
  ts: number;
  /** Of the thread's own time, which others on the machine take nothing from. */
  tdur?: number;
  args?: { name?: string };
}

/** Milliseconds that the busiest page's main thread worked for each frame, from one that was handed over to the next. */
export function workPerFrame(trace: string): number[] {
  const { traceEvents } = JSON.parse(trace) as { traceEvents: TraceEvent[] };
  const mains = traceEvents.filter((e) => e.name === 'thread_name' && e.args?.name === 'CrRendererMain');
  const tasksOf = (main: TraceEvent) =>
    traceEvents.filter(
      (e) => e.name === 'RunTask' && e.ph === 'X' && e.pid === main.pid && e.tid === main.tid,
    );
  const total = (tasks: TraceEvent[]) => tasks.reduce((sum, t) => sum + (t.tdur ?? 0), 0);
  const [busiest] = mains
    .map((main) => ({ main, tasks: tasksOf(main) }))
    .sort((a, b) => total(b.tasks) - total(a.tasks));
  if (!busiest) throw new Error('The trace holds no page.');
  const { main, tasks } = busiest;
  const commits = traceEvents
    .filter((e) => e.name === 'Commit' && e.pid === main.pid && e.tid === main.tid && e.ph !== 'E')
    .map((e) => e.ts)
    .sort((a, b) => a - b);
  if (commits.length < 2) throw new Error('The trace holds no frames.');
  const work = new Array<number>(commits.length).fill(0);
  for (const { ts, tdur = 0 } of tasks) {
    // What is done before a frame is handed over is work for it, the task that hands it over included.
    const frame = commits.findIndex((commit) => commit >= ts);
    if (frame >= 0) work[frame] = work[frame]! + tdur / 1000;
  }
  return work.slice(1);
}

export function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.ceil(share * sorted.length) - 1)] ?? Number.NaN;
}
