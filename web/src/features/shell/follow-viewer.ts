'use client';

import { usePathname, useRouter, useSearchParams } from 'next/navigation';
import { useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react';
import { ask, namesSomebody } from '@/graphql/browser.ts';
import type { ViewerState } from './viewer.ts';
import { viewerNow } from './viewer-now.ts';
import { WHO_LOOKS } from './viewer-query.ts';

/**
 * The viewer as the frame was read, and whether their session has ended since. The frame stays while pages change in
 * it, and a page whose session was ended comes with what is public: so at every change of the address it is asked who
 * looks, and every refusal that a page meets with is heard.
 */
export function useFollowedViewer(read: ViewerState): ViewerState {
  const [named, setNamed] = useState(read.signedIn);
  const [lost, setLost] = useState<ViewerState | null>(null);
  if (read.signedIn && !named) setNamed(true);
  const viewer = useMemo(() => viewerNow(read, { named, lost }), [read, named, lost]);
  const names = viewer.signedIn && !viewer.ended;

  // Before the effects of the page, which may ask already.
  useLayoutEffect(() => {
    namesSomebody(names ? () => setLost(read) : null);
    return () => namesSomebody(null);
  }, [names, read]);

  const router = useRouter();
  const place = `${usePathname()}?${useSearchParams()}`;
  const askedAt = useRef(place);
  useEffect(() => {
    if (!read.signedIn || askedAt.current === place) return;
    askedAt.current = place;
    const left = new AbortController();
    const hear = async () => {
      const answer = await ask(WHO_LOOKS, {}, left.signal);
      const found = answer.kind === 'data' ? (answer.data.viewer.actor?.id ?? null) : null;
      if (found === null || left.signal.aborted) return;
      if (found === read.id) setLost(null);
      // Somebody else has signed in with this browser: nothing here may name whoever did before.
      else router.refresh();
    };
    hear().catch(() => undefined);
    return () => left.abort();
  }, [place, read, router]);

  return viewer;
}
