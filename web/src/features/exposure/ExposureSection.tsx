import { query } from '@/graphql/execute.ts';
import { Unanswered } from '@/graphql/Unanswered.tsx';
import { EmptyState } from '@/ui/EmptyState.tsx';
import { ExposureExplorer } from './ExposureExplorer.tsx';
import { ExposureDocument } from './exposure-document.ts';

/** What a model version was trained on, stage by stage. The grouping and the date come from the address. */
export async function ExposureSection(props: { modelVersionRef: string; knownOn?: string | null }) {
  const knownOn = props.knownOn || null;
  const answer = await query(ExposureDocument, { ref: props.modelVersionRef, by: 'SOURCE', knownOn });
  if (answer.kind !== 'data') return <Unanswered answer={answer} what="The exposure" />;
  const node = answer.data.lineageNode;
  if (node?.__typename !== 'ModelVersion') {
    return (
      <EmptyState kind="none" title="No exposure">
        No model version that you may see is recorded under this name{knownOn ? ' on that date' : ''}.
      </EmptyState>
    );
  }
  return (
    <ExposureExplorer
      modelVersionRef={props.modelVersionRef}
      label={node.label}
      initial={node.exposure}
      initialKnownOn={knownOn}
    />
  );
}
