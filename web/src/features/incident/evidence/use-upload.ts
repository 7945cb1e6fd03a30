'use client';

import { useRef, useState } from 'react';
import type { WriteFailure } from '../actions/use-write.ts';
import { newKey } from '../actions/use-write.ts';
import { type FileWords, sendFile } from './send-file.ts';

/**
 * Sends one file at a time. An attempt that got no answer is repeated under its idempotency key, so that pressing
 * the button again never records it twice.
 */
export function useUpload() {
  const [sent, setSent] = useState<number | null>(null);
  const [failure, setFailure] = useState<WriteFailure | null>(null);
  const abort = useRef<AbortController | null>(null);
  const unanswered = useRef<{ file: File; words: string; key: string } | null>(null);

  const upload = async (file: File, words: FileWords): Promise<boolean> => {
    const said = JSON.stringify(words);
    const before = unanswered.current;
    const key = before?.file === file && before.words === said ? before.key : newKey();
    unanswered.current = { file, words: said, key };
    abort.current = new AbortController();
    setSent(0);
    setFailure(null);
    const { signal } = abort.current;
    const outcome = await sendFile({ file, words, idempotencyKey: key, signal, onSent: setSent });
    setSent(null);
    if (outcome.kind === 'failed') setFailure(outcome.failure);
    if (outcome.kind === 'done') unanswered.current = null;
    return outcome.kind === 'done';
  };

  const clearFailure = () => setFailure(null);
  return { upload, sent, failure, clearFailure, cancel: () => abort.current?.abort() };
}
