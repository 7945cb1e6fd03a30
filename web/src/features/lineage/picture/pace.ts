/** Of what moves by more px on the screen in a ms, nothing can be read. */
const FAST = 0.7;
/** How long after that it is taken for slow again, in ms, so that it does not change with every turn of a wheel. */
export const SLOW_AFTER = 100;

/**
 * Tells, look by look, whether a picture passes too fast to be read: from where its edges stand, in px on the screen,
 * and when, in ms.
 */
export function paceOf(): (left: number, top: number, at: number) => boolean {
  let last: { left: number; top: number; at: number } | null = null;
  let fastUntil = Number.NEGATIVE_INFINITY;
  return (left, top, at) => {
    const moved = last ? Math.hypot(left - last.left, top - last.top) : 0;
    if (last && moved > FAST * Math.max(1, at - last.at)) fastUntil = at + SLOW_AFTER;
    last = { left, top, at };
    return at < fastUntil;
  };
}
