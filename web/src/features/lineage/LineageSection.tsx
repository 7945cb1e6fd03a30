import { query } from '@/graphql/execute.ts';
import { Unanswered } from '@/graphql/Unanswered.tsx';
import { EmptyState } from '@/ui/EmptyState.tsx';
import type { Direction } from './explorer-state.ts';
import { LineageExplorer } from './LineageExplorer.tsx';
import { layoutPicture } from './layout.ts';
import { LineageDocument } from './lineage-document.ts';
import { LINEAGE_LIMIT } from './lineage-limit.ts';
import { readLineage } from './read-lineage.ts';

/**
 * The lineage of one node, as a picture and as a table. `knownOn` is the page's `?asOf=`; a page that does not
 * pass it still works, because the explorer reads the address and asks again.
 */
export async function LineageSection(props: {
  refOf: string;
  knownOn?: string | null;
  direction?: Direction;
}) {
  const direction = props.direction ?? 'UPSTREAM';
  const knownOn = props.knownOn || null;
  const answer = await query(LineageDocument, { ref: props.refOf, direction, knownOn, limit: LINEAGE_LIMIT });
  if (answer.kind !== 'data') return <Unanswered answer={answer} what="The lineage" />;
  const node = answer.data.lineageNode;
  if (!node) {
    return (
      <EmptyState kind="none" title="No lineage">
        Nothing that you may see is recorded under this name{knownOn ? ' on that date' : ''}.
      </EmptyState>
    );
  }
  const graph = readLineage(node.lineage);
  return (
    <LineageExplorer
      refOf={props.refOf}
      direction={direction}
      initial={graph}
      initialKnownOn={knownOn}
      initialLayout={layoutPicture(graph, new Set())}
    />
  );
}
