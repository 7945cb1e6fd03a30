'use client';

import { usePathname, useRouter, useSearchParams } from 'next/navigation';
import { useGraphQL } from '@/graphql/browser.ts';
import type { ExposureGrouping } from '@/graphql/generated/graphql.ts';
import { readAsOf } from '@/navigation/as-of.ts';
import { Button } from '@/ui/Button.tsx';
import { EmptyState } from '@/ui/EmptyState.tsx';
import { Count } from '@/ui/Figure.tsx';
import { Notice } from '@/ui/Notice.tsx';
import { ExposurePicture } from './ExposurePicture.tsx';
import { ExposureDocument } from './exposure-document.ts';
import { stageKey } from './exposure-layout.ts';
import { StageCard } from './StageCard.tsx';
import { colorsOf, type Exposure } from './stage-bars.ts';
import { TagPicture } from './TagPicture.tsx';

const GROUPINGS: readonly { value: ExposureGrouping; label: string }[] = [
  { value: 'SOURCE', label: 'By source' },
  { value: 'DATASET_VERSION', label: 'By dataset' },
  { value: 'CONTENT_TAG', label: 'By content tag' },
];

export type ExposureExplorerProps = {
  modelVersionRef: string;
  /** What the model version is called. */
  label: string;
  initial: Exposure;
  initialKnownOn: string | null;
};

export function ExposureExplorer(props: ExposureExplorerProps) {
  const { modelVersionRef, label, initial, initialKnownOn } = props;
  const params = useSearchParams();
  const router = useRouter();
  const pathname = usePathname();
  const by = GROUPINGS.find((g) => g.value === params.get('by'))?.value ?? 'SOURCE';
  const knownOn = readAsOf(params.get('asOf')).at;
  const given = by === 'SOURCE' && knownOn === initialKnownOn;
  const asked = useGraphQL(
    ExposureDocument,
    { ref: modelVersionRef, by, knownOn },
    { enabled: !given, keepPrevious: true },
  );
  const node = asked.data?.lineageNode;
  const exposure = given ? initial : node?.__typename === 'ModelVersion' ? node.exposure : null;
  const choose = (value: ExposureGrouping) => {
    const next = new URLSearchParams(params);
    if (value === 'SOURCE') next.delete('by');
    else next.set('by', value);
    const text = next.toString();
    router.replace(text ? `${pathname}?${text}` : pathname, { scroll: false });
  };
  return (
    <div className="flex flex-col gap-3" aria-busy={!given && asked.isFetching}>
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
        <fieldset className="flex flex-wrap">
          <legend className="sr-only">Grouped</legend>
          {GROUPINGS.map((g) => (
            <Button
              key={g.value}
              size="sm"
              aria-pressed={g.value === by}
              className="-ml-px rounded-none first-of-type:ml-0 first-of-type:rounded-l-md last-of-type:rounded-r-md aria-pressed:bg-accent-soft aria-pressed:text-accent"
              onClick={() => choose(g.value)}
            >
              {g.label}
            </Button>
          ))}
        </fieldset>
        {exposure ? (
          <p className="text-sm text-ink-2">
            All tokens seen:{' '}
            <Count
              value={exposure.tokens}
              unknown={<span className="text-ink-3">not stated by every stage</span>}
            />
          </p>
        ) : null}
      </div>
      {!given && asked.error ? (
        <Notice tone="danger" role="alert" title="That could not be shown">
          {asked.error.message}
        </Notice>
      ) : null}
      {exposure ? <Stages exposure={exposure} of={label} knownOn={knownOn} /> : null}
    </div>
  );
}

function Stages(props: { exposure: Exposure; of: string; knownOn: string | null }) {
  const { exposure, knownOn } = props;
  const colors = colorsOf(exposure.stages);
  if (exposure.stages.length === 0) {
    return <EmptyState kind="none" title="No training stage is recorded" />;
  }
  return (
    <>
      {exposure.grouping !== 'CONTENT_TAG' ? (
        <ExposurePicture exposure={exposure} colors={colors} of={props.of} knownOn={knownOn} />
      ) : exposure.stages.some(({ shares }) => shares.length > 0) ? (
        <TagPicture exposure={exposure} of={props.of} knownOn={knownOn} />
      ) : null}
      <ol className="flex flex-col gap-3">
        {exposure.stages.map((stage, index) => (
          <StageCard
            key={stageKey(stage, index)}
            stage={stage}
            grouping={exposure.grouping}
            knownOn={knownOn}
          />
        ))}
      </ol>
    </>
  );
}
