'use client';

import { useRouter } from 'next/navigation';
import { useState, useTransition } from 'react';
import { paths } from '@/navigation/paths.ts';
import { FileDrop } from '@/ui/FileDrop.tsx';
import { Notice } from '@/ui/Notice.tsx';
import { hashFile } from './hash-file.ts';

/** Takes a file, works out its digest here, and looks that up: the file goes nowhere. */
export function DropDocument() {
  const router = useRouter();
  const [file, setFile] = useState<File | null>(null);
  const [hashing, setHashing] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const [pending, startTransition] = useTransition();

  const take = async (taken: File | null) => {
    setFile(taken);
    setProblem(null);
    if (taken === null) return;
    setHashing(true);
    const hashed = await hashFile(taken);
    setHashing(false);
    if ('problem' in hashed) setProblem(hashed.problem);
    else startTransition(() => router.push(paths.documents({ digest: hashed.digest })));
  };

  return (
    <div className="flex flex-col gap-2">
      <FileDrop label="A document to look up" file={file} onFile={take} held={hashing} />
      <p className="text-xs text-ink-3" role="status">
        {hashing
          ? 'Working out its digest…'
          : pending
            ? 'Looking it up…'
            : 'Its digest is worked out in this browser; the file is not uploaded.'}
      </p>
      {problem ? (
        <Notice tone="warning" role="alert">
          {problem}
        </Notice>
      ) : null}
    </div>
  );
}
