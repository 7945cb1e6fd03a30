'use client';

import { FileUp, X } from 'lucide-react';
import { type DragEvent, useId, useRef, useState } from 'react';
import { Button } from './Button.tsx';
import { cx } from './classes.ts';
import { grouped } from './numbers.ts';

/** One file, dropped or chosen. It is only taken note of: what becomes of it is the form's. */
export function FileDrop(props: {
  label: string;
  file: File | null;
  onFile: (file: File | null) => void;
  /** Bytes on their way, while it is being sent. */
  sent: number | null;
}) {
  const input = useRef<HTMLInputElement>(null);
  const [over, setOver] = useState(false);
  const nameId = useId();
  const { file, sent } = props;
  const drop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    const [dropped] = event.dataTransfer.files;
    if (dropped && sent === null) props.onFile(dropped);
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
          <span id={nameId} className="min-w-0 flex-1 break-words">
            <span className="font-medium">{file.name}</span>{' '}
            <span className="whitespace-nowrap text-ink-3">{grouped(file.size)} bytes</span>
          </span>
          {sent === null ? (
            <Button
              size="sm"
              look="quiet"
              onClick={() => props.onFile(null)}
              aria-label={`Leave out ${file.name}`}
            >
              <X aria-hidden />
              Leave out
            </Button>
          ) : (
            <progress
              aria-labelledby={nameId}
              max={Math.max(1, file.size)}
              value={Math.min(sent, file.size)}
              className="h-1.5 w-full accent-[var(--accent)]"
            />
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
