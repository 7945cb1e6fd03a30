import './globals.css';
import type { Metadata, Viewport } from 'next';
import { headers } from 'next/headers';
import type { ReactNode } from 'react';
import { Shell } from '@/features/shell/Shell.tsx';
import { Theme } from '@/features/shell/Theme.tsx';
import { loadViewer } from '@/features/shell/viewer.ts';
import { QueryProvider } from '@/graphql/QueryProvider.tsx';
import { ToastProvider } from '@/ui/Toast.tsx';
import { TooltipProvider } from '@/ui/Tooltip.tsx';

export const metadata: Metadata = {
  title: { default: 'Headwater', template: '%s · Headwater' },
  description: 'From a model’s behaviour back to its data.',
};

export const viewport: Viewport = {
  themeColor: [
    { media: '(prefers-color-scheme: light)', color: '#fafbfb' },
    { media: '(prefers-color-scheme: dark)', color: '#0b1012' },
  ],
};

export default async function RootLayout({ children }: { children: ReactNode }) {
  const [viewer, head] = await Promise.all([loadViewer(), headers()]);
  return (
    <html lang="en" suppressHydrationWarning>
      <body>
        <Theme nonce={head.get('x-nonce') ?? undefined}>
          <QueryProvider>
            <TooltipProvider delayDuration={250}>
              <ToastProvider>
                <Shell viewer={viewer}>{children}</Shell>
              </ToastProvider>
            </TooltipProvider>
          </QueryProvider>
        </Theme>
      </body>
    </html>
  );
}
