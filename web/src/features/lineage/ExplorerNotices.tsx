import { Button } from '@/ui/Button.tsx';
import { Notice } from '@/ui/Notice.tsx';
import { moment, plural } from '@/ui/numbers.ts';
import type { PictureGraph } from './picture-graph.ts';

/** Before it was recorded there is nothing to draw, which must not look like a thing without a past. */
export function NotYetNotice({ graph }: { graph: PictureGraph }) {
  const root = graph.nodes.find((n) => n.id === graph.root);
  if (!root || root.recordedAt <= graph.knownOn) return null;
  return (
    <Notice tone="info" role="status" title="Not yet recorded on that date">
      {root.label} was recorded on {moment(root.recordedAt)}; nothing of its lineage was known here before.
    </Notice>
  );
}

export function TruncationNotice(props: { graph: PictureGraph; busy: boolean; onGoOn: () => void }) {
  const { truncated, nodes } = props.graph;
  if (!truncated) return null;
  const from = plural(truncated.frontier.length, 'node');
  return (
    <Notice tone="warning" role="status" title="This lineage is cut">
      <div className="flex flex-wrap items-center gap-3">
        <span>
          {truncated.reason === 'LIMIT'
            ? `It holds more than the ${plural(nodes.length, 'node')} that are drawn, and goes on from ${from}.`
            : `It goes on from ${from}.`}
        </span>
        <Button size="sm" busy={props.busy} onClick={props.onGoOn}>
          Continue from there
        </Button>
      </div>
    </Notice>
  );
}
