import { startTransition, useEffect, useMemo, useState } from 'react';
import { type Ground, groundOf } from './ground.ts';
import type { PictureModel } from './picture-model.ts';

/** The ground of a large picture, once the page runs: what comes with the page is only what is in view. */
export function useGround(model: PictureModel, large: boolean): Ground | null {
  const [running, setRunning] = useState(false);
  useEffect(() => startTransition(() => setRunning(true)), []);
  return useMemo(() => (large && running ? groundOf(model) : null), [model, large, running]);
}
