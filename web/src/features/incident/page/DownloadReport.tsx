import { paths } from '@/navigation/paths.ts';
import { Button } from '@/ui/Button.tsx';
import { Tooltip } from '@/ui/Tooltip.tsx';

/** The incident as a report for the AI Vulnerability Database, of what the reader may see. */
export function DownloadReport({ incident }: { incident: string }) {
  return (
    <Tooltip content="JSON for the AI Vulnerability Database, of what you may see of the incident.">
      <Button size="sm" asChild>
        <a href={paths.incidentFile(incident)} download>
          Download as AVID report
        </a>
      </Button>
    </Tooltip>
  );
}
