'use client';

import { Check, Copy } from 'lucide-react';
import { useRef, useState } from 'react';
import { Button } from './Button.tsx';
import { Field, Input } from './Field.tsx';
import { Notice } from './Notice.tsx';

/** A secret that is shown this once, to be copied before the page forgets it. */
export function SecretOnce(props: { label: string; secret: string; note: string; onDone: () => void }) {
  const [copied, setCopied] = useState(false);
  const input = useRef<HTMLInputElement>(null);
  const copy = async () => {
    input.current?.select();
    // Browsers give the clipboard to secure pages only; the text is selected for the others.
    await navigator.clipboard?.writeText(props.secret).then(
      () => setCopied(true),
      () => undefined,
    );
  };
  return (
    <div className="flex flex-col gap-4">
      <Notice tone="warning" role="status" title="Shown this once">
        {props.note}
      </Notice>
      <Field label={props.label}>
        <Input
          ref={input}
          readOnly
          autoFocus
          spellCheck={false}
          value={props.secret}
          className="font-mono text-xs"
          onFocus={(event) => event.currentTarget.select()}
        />
      </Field>
      <p role="status" className="sr-only">
        {copied ? 'Copied.' : ''}
      </p>
      <div className="flex justify-end gap-2">
        <Button onClick={copy}>
          {copied ? <Check aria-hidden /> : <Copy aria-hidden />}
          {copied ? 'Copied' : 'Copy'}
        </Button>
        <Button look="primary" onClick={props.onDone}>
          Done
        </Button>
      </div>
    </div>
  );
}
