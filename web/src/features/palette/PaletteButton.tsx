'use client';

import { Search } from 'lucide-react';
import { KeyHint } from '@/ui/KeyHint.tsx';
import { usePalette } from './Palette.tsx';

export function PaletteButton() {
  const palette = usePalette();
  return (
    <button
      type="button"
      onClick={palette.open}
      aria-keyshortcuts="Meta+K Control+K"
      className="flex h-8 items-center gap-2 rounded-md border border-line-strong bg-surface px-2 text-sm text-ink-3 hover:bg-sunken lg:w-56"
    >
      <Search className="size-4" aria-hidden />
      <span className="max-lg:sr-only">Search or jump to</span>
      <span className="ml-auto hidden gap-0.5 lg:flex" aria-hidden="true">
        <KeyHint>⌘</KeyHint>
        <KeyHint>K</KeyHint>
      </span>
    </button>
  );
}
