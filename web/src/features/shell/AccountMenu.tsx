'use client';

import { LogOut, UserRound } from 'lucide-react';
import Link from 'next/link';
import { usePathname, useSearchParams } from 'next/navigation';
import { DropdownMenu } from 'radix-ui';
import { paths } from '@/navigation/paths.ts';
import { Button, buttonLook } from '@/ui/Button.tsx';
import { words } from '@/ui/numbers.ts';
import { useSignOut } from './SignOut.tsx';
import { useViewer } from './ViewerContext.tsx';

const places = (role: string | null) => [
  { label: 'Filed by me', href: paths.incidents({ mine: '1' }) },
  { label: 'Your account', href: paths.account() },
  ...(role === 'ADMINISTRATOR' ? [{ label: 'Members', href: paths.members() }] : []),
];

export function AccountMenu() {
  const viewer = useViewer();
  const pathname = usePathname();
  const search = useSearchParams().toString();
  const { leave, dialog } = useSignOut();
  if (!viewer.signedIn || viewer.ended) {
    if (pathname === '/sign-in') return null;
    const here = `${pathname}${search ? `?${search}` : ''}`;
    return (
      <Link href={paths.signIn(here)} className={buttonLook({ look: 'plain' })}>
        Sign in
      </Link>
    );
  }
  return (
    <>
      <DropdownMenu.Root modal={false}>
        <DropdownMenu.Trigger asChild>
          <Button look="quiet" aria-label={`Account of ${viewer.name}`} className="px-2">
            <UserRound aria-hidden />
            <span className="hidden max-w-40 truncate lg:inline">{viewer.name}</span>
          </Button>
        </DropdownMenu.Trigger>
        <DropdownMenu.Portal>
          <DropdownMenu.Content
            align="end"
            sideOffset={8}
            className="z-50 w-56 rounded-lg border border-line bg-surface p-1 text-sm shadow-float"
          >
            <div className="px-2.5 py-2">
              <p className="truncate font-medium">{viewer.name}</p>
              {viewer.role ? <p className="text-xs text-ink-3">{words(viewer.role)}</p> : null}
            </div>
            <DropdownMenu.Separator className="my-1 h-px bg-line" />
            {places(viewer.role).map((place) => (
              <DropdownMenu.Item key={place.href} asChild>
                <Link
                  href={place.href}
                  className="block rounded px-2.5 py-1.5 outline-none data-highlighted:bg-accent-soft"
                >
                  {place.label}
                </Link>
              </DropdownMenu.Item>
            ))}
            <DropdownMenu.Item
              onSelect={leave}
              className="flex cursor-pointer items-center gap-2 rounded px-2.5 py-1.5 outline-none data-highlighted:bg-accent-soft"
            >
              <LogOut className="size-4" aria-hidden />
              Sign out
            </DropdownMenu.Item>
          </DropdownMenu.Content>
        </DropdownMenu.Portal>
      </DropdownMenu.Root>
      {dialog}
    </>
  );
}
