import { Skeleton } from '@/ui/Skeleton.tsx';

export default function Loading() {
  return (
    <div role="status" aria-label="Loading the incident" className="flex flex-col gap-4">
      <Skeleton className="h-4 w-40" />
      <Skeleton className="h-7 w-3/5" />
      <Skeleton className="h-4 w-2/5" />
      <Skeleton className="mt-4 h-8" />
      <Skeleton className="h-28" />
      <Skeleton className="mt-4 h-64" />
    </div>
  );
}
