'use client';

import { useCallback, useEffect, useRef, useState } from 'react';
import { keepDraft, keptDraft } from '@/auth/kept-drafts.ts';
import type { Brought } from './brought.ts';
import {
  type DraftState,
  EMPTY,
  isUntouched,
  parseDraft,
  serializeDraft,
  withBrought,
} from './draft-state.ts';

const FORM = 'new-incident';

/** The form's state, kept in the browser at every change and restored after a reload; `owner` stays as it is. */
export function useDraft(initial: Brought, owner: string | null) {
  const [draft, setDraft] = useState<DraftState>({ ...EMPTY, ...initial });
  const [restored, setRestored] = useState(false);
  const ready = useRef(false);
  const brought = useRef(initial);

  useEffect(() => {
    const kept = parseDraft(keptDraft(owner, FORM));
    if (kept && !isUntouched(kept)) {
      setDraft(withBrought(kept, brought.current));
      setRestored(true);
    }
    ready.current = true;
  }, [owner]);

  const change = useCallback(
    (part: Partial<DraftState>) => {
      setDraft((old) => {
        const next = { ...old, ...part };
        if (ready.current) keepDraft(owner, FORM, isUntouched(next) ? null : serializeDraft(next));
        return next;
      });
    },
    [owner],
  );

  /** Forgets what is kept; the form itself stays as it is. */
  const forget = useCallback(() => {
    keepDraft(owner, FORM, null);
    setRestored(false);
  }, [owner]);

  /** Leaves what was kept of an earlier form; what the address brought is of this one, and stays. */
  const discard = useCallback(() => {
    forget();
    setDraft(withBrought(EMPTY, brought.current));
  }, [forget]);

  return { draft, change, forget, discard, restored };
}
