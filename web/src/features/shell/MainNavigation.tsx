'use client';

import { Menu } from 'lucide-react';
import Link from 'next/link';
import { usePathname } from 'next/navigation';
import { DropdownMenu } from 'radix-ui';
import { SECTIONS } from '@/navigation/sections.ts';
import { Button } from '@/ui/Button.tsx';
import { cx } from '@/ui/classes.ts';

export function MainNavigation() {
  const pathname = usePathname();
  const isHere = (href: string) =>
    pathname === href ||
    pathname.startsWith(`${href}/`) ||
    (href === '/evaluations' && pathname.startsWith('/eval-runs')) ||
    (href === '/models' && pathname.startsWith('/unknowns')) ||
    (href === '/datasets' && pathname.startsWith('/documents')) ||
    (href === '/incidents' && (pathname.startsWith('/common-causes') || pathname.startsWith('/regressions')));
  return (
    <>
      <nav aria-label="Main" className="hidden items-center gap-0.5 md:flex">
        {SECTIONS.map((section) => (
          <Link
            key={section.href}
            href={section.href}
            aria-current={isHere(section.href) ? 'page' : undefined}
            className={cx(
              'rounded-md px-2.5 py-1.5 text-sm font-medium text-ink-2 hover:bg-sunken hover:text-ink',
              isHere(section.href) && 'bg-accent-soft text-accent hover:bg-accent-soft hover:text-accent',
            )}
          >
            {section.label}
          </Link>
        ))}
      </nav>
      <DropdownMenu.Root modal={false}>
        <DropdownMenu.Trigger asChild>
          <Button look="quiet" size="icon" className="md:hidden" aria-label="Main menu">
            <Menu aria-hidden />
          </Button>
        </DropdownMenu.Trigger>
        <DropdownMenu.Portal>
          <DropdownMenu.Content
            align="start"
            sideOffset={8}
            className="z-50 w-52 rounded-lg border border-line bg-surface p-1 shadow-float"
          >
            {SECTIONS.map((section) => (
              <DropdownMenu.Item key={section.href} asChild>
                <Link
                  href={section.href}
                  aria-current={isHere(section.href) ? 'page' : undefined}
                  className="block rounded px-2.5 py-2 outline-none data-highlighted:bg-accent-soft"
                >
                  {section.label}
                </Link>
              </DropdownMenu.Item>
            ))}
          </DropdownMenu.Content>
        </DropdownMenu.Portal>
      </DropdownMenu.Root>
    </>
  );
}
