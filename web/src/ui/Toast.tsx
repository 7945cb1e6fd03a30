'use client';

import { createContext, type ReactNode, useCallback, useContext, useEffect, useState } from 'react';

type Say = (message: string) => void;

const ToastContext = createContext<Say>(() => {});

/** Says what has just been done, to eyes and to screen readers. */
export const useToast = (): Say => useContext(ToastContext);

export function ToastProvider({ children }: { children: ReactNode }) {
  const [said, setSaid] = useState<{ message: string; at: number } | null>(null);
  const say = useCallback<Say>((message) => setSaid({ message, at: Date.now() }), []);
  useEffect(() => {
    if (!said) return;
    const timer = setTimeout(() => setSaid(null), 6000);
    return () => clearTimeout(timer);
  }, [said]);
  return (
    <ToastContext.Provider value={say}>
      {children}
      <div
        role="status"
        aria-live="polite"
        className="pointer-events-none fixed inset-x-0 bottom-5 z-50 flex justify-center px-4"
      >
        {said ? (
          <p className="rounded-lg bg-ink px-4 py-2 text-sm text-canvas shadow-float">{said.message}</p>
        ) : null}
      </div>
    </ToastContext.Provider>
  );
}
