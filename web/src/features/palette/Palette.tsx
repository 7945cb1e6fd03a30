'use client';

import { Command } from 'cmdk';
import { useRouter } from 'next/navigation';
import { Dialog } from 'radix-ui';
import { createContext, type ReactNode, useCallback, useContext, useEffect, useMemo, useState } from 'react';
import { paths } from '@/navigation/paths.ts';
import { SECTIONS } from '@/navigation/sections.ts';
import { SearchResults } from './SearchResults.tsx';

/** Something that can be done on the page that is shown. */
export interface PageAction {
  id: string;
  label: string;
  keywords?: string;
  run: () => void;
}

interface PaletteState {
  open: () => void;
  /** Offers actions while a page is shown; returns how to take them away. */
  offer: (actions: readonly PageAction[]) => () => void;
}

const PaletteContext = createContext<PaletteState>({ open: () => {}, offer: () => () => {} });

export const usePalette = (): PaletteState => useContext(PaletteContext);

/** Offers the page's own actions first in the palette. Keep `actions` stable (useMemo). */
export function usePageActions(actions: readonly PageAction[]): void {
  const { offer } = usePalette();
  useEffect(() => offer(actions), [offer, actions]);
}

const PLACES = [
  { label: 'File an incident', keywords: 'new report', href: paths.newIncident() },
  ...SECTIONS.map((section) => ({ ...section, keywords: 'go to' })),
  { label: 'The largest unknowns', keywords: 'go to unaccounted models', href: paths.unknowns() },
  { label: 'Find a document', keywords: 'go to digest handle sha256 hash', href: paths.documents() },
  { label: 'Compare rates', keywords: 'go to eval runs models difference test', href: paths.compare() },
  {
    label: 'Before and after',
    keywords: 'go to compare intervention scores metrics pairs sizes',
    href: paths.beforeAfter({}),
  },
  { label: 'Common causes', keywords: 'go to compare incidents lift', href: paths.commonCauses() },
  { label: 'Regression watch', keywords: 'go to rules regressed reopen alert', href: paths.regressions() },
  { label: 'Notifications', keywords: 'go to unread told bell', href: paths.notifications() },
  { label: 'Your account', keywords: 'password sessions tokens profile', href: paths.account() },
  { label: 'Members', keywords: 'people invite teams service accounts', href: paths.members() },
];

/** Every typed word is the beginning of some word of the text. */
function matches(text: string, typed: string): boolean {
  const words = text.toLowerCase().split(/\s+/);
  const wanted = typed.toLowerCase().split(/\s+/).filter(Boolean);
  return wanted.every((part) => words.some((word) => word.startsWith(part)));
}

const itemLook =
  'flex cursor-pointer items-center gap-2 rounded-md px-2.5 py-2 text-sm data-[selected=true]:bg-accent-soft';
const groupLook =
  '[&_[cmdk-group-heading]]:px-2.5 [&_[cmdk-group-heading]]:py-1.5 [&_[cmdk-group-heading]]:text-xs [&_[cmdk-group-heading]]:text-ink-3';

export function PaletteProvider({ children }: { children: ReactNode }) {
  const router = useRouter();
  const [isOpen, setOpen] = useState(false);
  const [typed, setTyped] = useState('');
  const [offered, setOffered] = useState<ReadonlyArray<readonly PageAction[]>>([]);

  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.key.toLowerCase() !== 'k' || !(event.metaKey || event.ctrlKey)) return;
      event.preventDefault();
      setOpen((old) => !old);
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, []);

  const offer = useCallback((actions: readonly PageAction[]) => {
    setOffered((old) => [...old, actions]);
    return () => setOffered((old) => old.filter((one) => one !== actions));
  }, []);
  const state = useMemo<PaletteState>(() => ({ open: () => setOpen(true), offer }), [offer]);

  const leave = (then: () => void) => {
    setOpen(false);
    setTyped('');
    then();
  };
  const fits = (text: string) => matches(text, typed);
  const actions = offered.flat().filter((action) => fits(`${action.label} ${action.keywords ?? ''}`));
  const places = PLACES.filter((place) => fits(`${place.label} ${place.keywords}`));
  return (
    <PaletteContext.Provider value={state}>
      {children}
      <Dialog.Root open={isOpen} onOpenChange={setOpen}>
        <Dialog.Portal>
          <Dialog.Overlay className="fixed inset-0 z-40 bg-black/35 dark:bg-black/60" />
          <Dialog.Content
            aria-describedby={undefined}
            className="fixed top-[10vh] left-1/2 z-50 w-[calc(100vw-24px)] max-w-xl -translate-x-1/2 overflow-hidden rounded-xl border border-line bg-surface shadow-float outline-none"
          >
            <Dialog.Title className="sr-only">Search or jump to</Dialog.Title>
            <Command label="Search or jump to" loop shouldFilter={false}>
              <Command.Input
                value={typed}
                onValueChange={setTyped}
                placeholder="Search incidents, models, datasets, sources…"
                className="h-12 w-full border-b border-line bg-transparent px-4 text-lg outline-none"
              />
              <Command.List className="max-h-[55vh] overflow-y-auto p-1.5">
                {actions.length ? (
                  <Command.Group heading="On this page" className={groupLook}>
                    {actions.map((action) => (
                      <Command.Item
                        key={action.id}
                        value={`action ${action.id}`}
                        className={itemLook}
                        onSelect={() => leave(action.run)}
                      >
                        {action.label}
                      </Command.Item>
                    ))}
                  </Command.Group>
                ) : null}
                {places.length ? (
                  <Command.Group heading="Go to" className={groupLook}>
                    {places.map((place) => (
                      <Command.Item
                        key={place.href}
                        value={`go ${place.href}`}
                        className={itemLook}
                        onSelect={() => leave(() => router.push(place.href))}
                      >
                        {place.label}
                      </Command.Item>
                    ))}
                  </Command.Group>
                ) : null}
                <SearchResults
                  typed={typed}
                  itemLook={itemLook}
                  groupLook={groupLook}
                  onChoose={(href) => leave(() => router.push(href))}
                />
              </Command.List>
            </Command>
          </Dialog.Content>
        </Dialog.Portal>
      </Dialog.Root>
    </PaletteContext.Provider>
  );
}
