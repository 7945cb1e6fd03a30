'use client';

import { usePathname, useRouter, useSearchParams } from 'next/navigation';
import { useCallback, useMemo } from 'react';
import { type ExplorerState, readState, stateParams, withValues } from './explorer-state.ts';

/**
 * The view as the address has it, and the way to change it. The moment concerns the whole page, which is asked for
 * again; all else concerns the explorer alone, and only the address is written.
 */
export function useExplorerState(): [ExplorerState, (change: Partial<ExplorerState>) => void] {
  const router = useRouter();
  const pathname = usePathname();
  const params = useSearchParams();
  const state = useMemo(() => readState(new URLSearchParams(params)), [params]);
  const change = useCallback(
    (to: Partial<ExplorerState>) => {
      const next = withValues(new URLSearchParams(window.location.search), stateParams(to)).toString();
      const address = next ? `${pathname}?${next}` : pathname;
      if (to.asOf === undefined) window.history.replaceState(null, '', address);
      else router.replace(address, { scroll: false });
    },
    [router, pathname],
  );
  return [state, change];
}
