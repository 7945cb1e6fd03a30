'use client';

import { useEffect, useState } from 'react';
import { fromSegment } from './paths.ts';

/**
 * The secret of a link, which stands behind the # of the address, so that only the browser knows it: null until the
 * page's scripts run. Follows another link to the same page, for which no browser loads the page anew.
 * @param prefix how secrets of this kind begin
 */
export function useLinkSecret(prefix: string): string | null {
  const [secret, setSecret] = useState<string | null>(null);
  useEffect(() => {
    const read = () => {
      const fragment = fromSegment(window.location.hash.slice(1));
      // “Skip to content” changes what stands there, too, and the link stays open.
      setSecret((before) => (before === null || fragment.startsWith(prefix) ? fragment : before));
    };
    read();
    window.addEventListener('hashchange', read);
    return () => window.removeEventListener('hashchange', read);
  }, [prefix]);
  return secret;
}
