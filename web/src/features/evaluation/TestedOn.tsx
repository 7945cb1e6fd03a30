import type { StatedDatasetFactsFragment } from '@/graphql/generated/graphql.ts';
import { graphql } from '@/graphql/generated/index.ts';
import { RefLink } from '@/navigation/RefLink.tsx';
import { Unknown } from '@/ui/Figure.tsx';

graphql(`
  fragment StatedDatasetFacts on StatedDataset {
    name revision part
    datasetVersion { id ref label }
  }
`);

interface Named {
  id: string;
  ref: string;
  label: string;
}

/** What a run was tested on: the dataset versions that are its inputs, and what its file says of each beside the name. */
export function TestedOn(props: {
  nodes: readonly Named[];
  stated: readonly StatedDatasetFactsFragment[];
  /** The past moment that they are of; null for now. */
  knownOn: string | null;
}) {
  const { nodes, stated, knownOn } = props;
  const unlinked = stated.filter(({ datasetVersion }) => datasetVersion === null);
  if (nodes.length === 0 && unlinked.length === 0) return <Unknown />;
  return (
    <span className="flex flex-wrap gap-x-3 gap-y-1">
      {nodes.map((node) => (
        <span key={node.id} className="min-w-0 wrap-anywhere">
          <RefLink refOf={node.ref} asOf={knownOn}>
            {node.label}
          </RefLink>
          <Beside stated={stated.filter(({ datasetVersion }) => datasetVersion?.id === node.id)} />
        </span>
      ))}
      {unlinked.map((one) => (
        <span key={`${one.name} ${one.part}`} className="min-w-0 wrap-anywhere">
          {one.name} <Unknown what="linked to no dataset" />
        </span>
      ))}
    </span>
  );
}

/** The subset, and that no revision is stated where none is. */
function Beside({ stated }: { stated: readonly StatedDatasetFactsFragment[] }) {
  const parts = stated.flatMap(({ part }) => part ?? []);
  const unpinned = stated.some(({ revision }) => revision === null);
  if (parts.length === 0 && !unpinned) return null;
  return (
    <span className="text-ink-2">
      {parts.length > 0 ? ` (${parts.join('; ')})` : ''}
      {unpinned ? ' no revision stated' : ''}
    </span>
  );
}
