'use client';

import { useRef, useState } from 'react';
import { Button } from '@/ui/Button.tsx';
import { cx } from '@/ui/classes.ts';
import { holdsAfter, marked } from './find-in-messages.ts';
import { FOLDS, foldedTo } from './fold.ts';

/** A text as it was written, folded where it is long; what is searched for is marked, and opens the fold it is behind. */
export function LongText(props: {
  text: string;
  /** What it is, for the button: "the answer". */
  of: string;
  fold: keyof typeof FOLDS;
  search?: string;
  className?: string;
}) {
  const { text, of, search = '' } = props;
  const [open, setOpen] = useState(false);
  const box = useRef<HTMLDivElement>(null);
  const beginning = foldedTo(text, FOLDS[props.fold]);
  const found = beginning !== null && holdsAfter(text, search, beginning.length);
  const folded = beginning !== null && !open && !found;
  const all = `Show all ${text.length.toLocaleString('en')} characters`;
  return (
    <div ref={box} className={cx('min-w-0 scroll-mt-14 break-words whitespace-pre-wrap', props.className)}>
      <Marked text={folded ? beginning : text} search={search} />
      {folded ? '…' : null}
      {beginning === null ? null : (
        <Button
          size="sm"
          look="quiet"
          className="-ml-2 flex font-sans"
          aria-expanded={!folded}
          aria-label={`${folded ? all : 'Fold'} ${folded ? 'of ' : ''}${of}`}
          disabledReason={found && !open ? 'It is open because it holds what is searched for.' : null}
          onClick={() => {
            // Folded from its end, a long text would be gone from sight, and from a list that draws only what is seen.
            if (open) box.current?.scrollIntoView({ block: 'start' });
            setOpen(!open);
          }}
        >
          {folded ? all : 'Fold'}
        </Button>
      )}
    </div>
  );
}

/** A text in which what is searched for is marked. */
export function Marked({ text, search }: { text: string; search: string }) {
  return marked(text, search).map((piece, index) =>
    // biome-ignore lint/suspicious/noArrayIndexKey: the pieces of one text have no names
    index % 2 === 1 ? <mark key={index}>{piece}</mark> : piece,
  );
}
