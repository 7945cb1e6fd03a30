import { readAsOf } from '../../navigation/as-of.ts';
import { Notice } from '../../ui/Notice.tsx';

/** Above a page whose address asks for a moment that is none: it is shown as known now, and must not pass for the past. */
export function NeitherDay({ asked }: { asked: string | null }) {
  const { neither } = readAsOf(asked);
  if (neither === null) return null;
  return (
    <Notice tone="warning" role="status" title="The address names no day" className="mb-4">
      “{neither}” is neither a day such as 2026-05-08 nor a moment such as 2026-05-08T14:03:00Z. So this page
      is as known now.
    </Notice>
  );
}
