import Link from 'next/link';
import { paths } from '@/navigation/paths.ts';
import { linkLook } from '@/navigation/RefLink.tsx';
import { EmptyState } from '@/ui/EmptyState.tsx';

export default function NotFound() {
  return (
    <EmptyState
      kind="no-match"
      title="There is nothing here"
      action={
        <Link href={paths.incidents()} className={linkLook}>
          Go to the incidents
        </Link>
      }
    >
      The address may be wrong, or what it names is not open to you.
    </EmptyState>
  );
}
