import { LockKeyhole } from 'lucide-react';

/** In place of counts that would all be none; true of a report that is closed, and of one that has nothing to tell. */
export function Untold() {
  return (
    <p className="flex items-start gap-2 text-sm text-ink-2">
      <LockKeyhole className="mt-0.5 size-4 shrink-0 text-ink-3" aria-hidden />
      <span>
        No report is shown to you of what became of the file’s fields, and of what to know before relying on
        them: it is shown only to those who may see everything that the file tells of.
      </span>
    </p>
  );
}
