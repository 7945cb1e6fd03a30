import Link from 'next/link';
import type { ReactNode } from 'react';
import { PaletteProvider } from '@/features/palette/Palette.tsx';
import { PaletteButton } from '@/features/palette/PaletteButton.tsx';
import { paths } from '@/navigation/paths.ts';
import { Notice } from '@/ui/Notice.tsx';
import { AccountMenu } from './AccountMenu.tsx';
import { Bell, SessionEnded } from './FrameOfViewer.tsx';
import { MainNavigation } from './MainNavigation.tsx';
import { ThemeSwitch } from './ThemeSwitch.tsx';
import { ViewerProvider } from './ViewerContext.tsx';
import type { ViewerState } from './viewer.ts';
import { Wordmark } from './Wordmark.tsx';

/** The frame of every page. */
export function Shell({ viewer, children }: { viewer: ViewerState; children: ReactNode }) {
  return (
    <ViewerProvider viewer={viewer}>
      <PaletteProvider>
        <a
          href="#main"
          className="sr-only z-50 rounded-md bg-accent px-3 py-2 text-accent-ink focus:not-sr-only focus:fixed focus:top-2 focus:left-2"
        >
          Skip to content
        </a>
        <header className="sticky top-0 z-30 border-b border-line bg-surface/95 backdrop-blur print:hidden">
          <div className="mx-auto flex h-13 max-w-[100rem] items-center gap-2 px-4 sm:gap-4 sm:px-6">
            <Link href={paths.home()} className="rounded text-ink" aria-label="Headwater, start page">
              <Wordmark />
            </Link>
            <MainNavigation />
            <div className="ml-auto flex items-center gap-1 sm:gap-2">
              <PaletteButton />
              <Bell />
              <ThemeSwitch />
              <AccountMenu />
            </div>
          </div>
        </header>
        <main id="main" tabIndex={-1} className="mx-auto max-w-[100rem] px-4 py-6 outline-none sm:px-6">
          <SessionEnded />
          {viewer.reachable ? null : <NotAnswered refusal={viewer.refusal} />}
          {children}
        </main>
      </PaletteProvider>
    </ViewerProvider>
  );
}

/** Why it is not known who looks: the API said no, or nothing at all. */
function NotAnswered({ refusal }: { refusal: string | null }) {
  const title = refusal === null ? 'The Headwater API is not reachable' : 'The Headwater API did not answer';
  return (
    <Notice tone="danger" role="alert" title={title} className="mb-4">
      {refusal} What is recorded can’t be read now. Nothing that was saved is lost.
    </Notice>
  );
}
