/** A place where the slider of moments stands still: what had been recorded by then, and how much came at it. */
export type Stop = { at: string; count: number };

const SECOND = 1000;
/** How far apart two moments may be to count as one, in ms: the first that leaves few enough stops is taken. */
const STEPS = [1, SECOND, 60 * SECOND, 3600 * SECOND, 86_400 * SECOND, 30 * 86_400 * SECOND];

/**
 * The moments at which something was recorded or taken back, the earliest first, at most about `most`. Moments that
 * fall into one step are one stop, at the last of them, so that each stop holds all that its step brought.
 */
export function stopsOf(moments: readonly string[], most = 120): Stop[] {
  const times = moments.map((m) => Date.parse(m)).filter((t) => !Number.isNaN(t));
  times.sort((a, b) => a - b);
  let stops: Stop[] = [];
  for (const step of STEPS) {
    stops = byStep(times, step);
    if (stops.length <= most) break;
  }
  return stops;
}

function byStep(times: readonly number[], step: number): Stop[] {
  const stops: { place: number; last: number; count: number }[] = [];
  for (const time of times) {
    const place = Math.floor(time / step);
    const open = stops.at(-1);
    if (open?.place === place) {
      open.last = time;
      open.count += 1;
    } else stops.push({ place, last: time, count: 1 });
  }
  return stops.map(({ last, count }) => ({ at: new Date(last).toISOString(), count }));
}

/** The last stop that a moment has reached; -1 before the first. */
export function stopAt(stops: readonly Stop[], at: string | null): number {
  if (at === null) return stops.length - 1;
  const time = Date.parse(at);
  return stops.findLastIndex((stop) => Date.parse(stop.at) <= time);
}
