'use client';

import { useCallback, useEffect, useRef, useState } from 'react';
import type { Brought } from './brought.ts';
import {
  type DraftState,
  EMPTY,
  isUntouched,
  parseDraft,
  serializeDraft,
  withBrought,
} from './draft-state.ts';

const KEY = 'headwater.new-incident';

/** Storage may be closed to us (private windows); then the form works, and is not kept. */
function stored<Result>(use: (storage: Storage) => Result): Result | null {
  try {
    return use(window.localStorage);
  } catch {
    return null;
  }
}

/** The form's state, kept in the browser at every change and restored after a reload. */
export function useDraft(initial: Brought) {
  const [draft, setDraft] = useState<DraftState>({ ...EMPTY, ...initial });
  const [restored, setRestored] = useState(false);
  const ready = useRef(false);
  const brought = useRef(initial);

  useEffect(() => {
    const kept = parseDraft(stored((storage) => storage.getItem(KEY)));
    if (kept && !isUntouched(kept)) {
      setDraft(withBrought(kept, brought.current));
      setRestored(true);
    }
    ready.current = true;
  }, []);

  const change = useCallback((part: Partial<DraftState>) => {
    setDraft((old) => {
      const next = { ...old, ...part };
      if (ready.current) stored((storage) => storage.setItem(KEY, serializeDraft(next)));
      return next;
    });
  }, []);

  /** Forgets what is kept; the form itself stays as it is. */
  const forget = useCallback(() => {
    stored((storage) => storage.removeItem(KEY));
    setRestored(false);
  }, []);

  /** Leaves what was kept of an earlier form; what the address brought is of this one, and stays. */
  const discard = useCallback(() => {
    forget();
    setDraft(withBrought(EMPTY, brought.current));
  }, [forget]);

  return { draft, change, forget, discard, restored };
}
