import { ShareRange } from '@/ui/Figure.tsx';

/** What is unaccounted of a whole, hatched as it is everywhere, beside its number: at least, and at most in a lighter tone. */
export function UnaccountedBar({ least, most }: { least: number; most: number }) {
  return (
    <span className="flex items-center gap-2">
      <span
        aria-hidden="true"
        className="flex h-3 w-24 shrink-0 overflow-hidden rounded-sm border border-line-strong"
      >
        <span className="hatched min-w-px" style={{ flexGrow: least, flexBasis: 0 }} />
        <span className="hatched opacity-50" style={{ flexGrow: most - least, flexBasis: 0 }} />
        <span style={{ flexGrow: 1 - most, flexBasis: 0 }} />
      </span>
      <ShareRange lower={least} upper={most} />
    </span>
  );
}
