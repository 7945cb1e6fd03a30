'use client';

import { FileUp, X } from 'lucide-react';
import { type DragEvent, useRef, useState } from 'react';
import { Button } from './Button.tsx';
import { cx } from './classes.ts';
import { grouped } from './numbers.ts';

/** One file, dropped or chosen. It is only taken note of: what becomes of it is the form's. */
export function FileDrop(props: {
  label: string;
  file: File | null;
  onFile: (file: File | null) => void;
  /** While it is being sent, it stays. */
  held: boolean;
}) {
  const input = useRef<HTMLInputElement>(null);
  const [over, setOver] = useState(false);
  const { file, held } = props;
  const drop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    const [dropped] = event.dataTransfer.files;
    if (dropped && !held) props.onFile(dropped);
  };
  return (
    <fieldset
      aria-label={props.label}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
      className={cx(
        'flex min-h-11 flex-wrap items-center gap-x-3 gap-y-2 rounded-md border border-dashed px-3 py-2 text-sm',
        over ? 'border-accent bg-accent-soft' : 'border-line-strong bg-sunken',
      )}
    >
      <FileUp className="size-4 shrink-0 text-ink-3" aria-hidden />
      {file ? (
        <>
          <span className="min-w-0 flex-1 break-words">
            <span className="font-medium">{file.name}</span>{' '}
            <span className="whitespace-nowrap text-ink-3">{grouped(file.size)} bytes</span>
          </span>
          {held ? null : (
            <Button
              size="sm"
              look="quiet"
              onClick={() => props.onFile(null)}
              aria-label={`Leave out ${file.name}`}
            >
              <X aria-hidden />
              Leave out
            </Button>
          )}
        </>
      ) : (
        <>
          <span className="min-w-0 flex-1 text-ink-2">Drop a file here, or</span>
          <Button size="sm" onClick={() => input.current?.click()}>
            Choose a file
          </Button>
        </>
      )}
      <input
        ref={input}
        type="file"
        hidden
        onChange={(event) => {
          props.onFile(event.currentTarget.files?.[0] ?? null);
          // The same file, left out and chosen again, is a change too.
          event.currentTarget.value = '';
        }}
      />
    </fieldset>
  );
}
