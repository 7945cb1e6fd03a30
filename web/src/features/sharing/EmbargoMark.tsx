import { Badge } from '@/ui/Badge.tsx';

/** Says that an incident is kept back, and until when, to whoever may share it or reads everything. */
export function EmbargoMark({ until, now }: { until: string | null | undefined; now: Date }) {
  if (!until || new Date(until) <= now) return null;
  return (
    <Badge tone="warning">
      <span title="Only its team and those named see it until then.">
        Embargo until {until.slice(0, 16).replace('T', ' ')} UTC
      </span>
    </Badge>
  );
}
