'use client';

import { setNonce } from 'get-nonce';
import { ThemeProvider } from 'next-themes';
import { type ReactNode, useEffect, useState } from 'react';

/**
 * The theme, and the nonce for style elements made in the browser. A page keeps the policy that it was served
 * with, so the first nonce is kept too: a refresh brings the nonce of another request, which holds for nothing here.
 */
export function Theme({ nonce, children }: { nonce: string | undefined; children: ReactNode }) {
  const [first] = useState(nonce);
  useEffect(() => {
    // Dialogs stop the page behind them from scrolling by a style element, which is made with this.
    if (first) setNonce(first);
  }, [first]);
  return (
    <ThemeProvider
      attribute="class"
      defaultTheme="system"
      enableSystem
      disableTransitionOnChange
      nonce={first}
    >
      {children}
    </ThemeProvider>
  );
}
