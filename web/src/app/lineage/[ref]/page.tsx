import type { Metadata } from 'next';
import { one, type SearchParams } from '@/features/catalogue/catalogue-state.ts';
import { directionOf } from '@/features/lineage/explorer-state.ts';
import { LineagePage } from '@/features/lineage/LineagePage.tsx';
import { NeitherDay } from '@/features/lineage/NeitherDay.tsx';
import { readAsOf } from '@/navigation/as-of.ts';
import { fromSegment } from '@/navigation/paths.ts';

type Props = { params: Promise<{ ref: string }>; searchParams: Promise<SearchParams> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: `Lineage of ${fromSegment((await params).ref)}` };
}

export default async function Lineage({ params, searchParams }: Props) {
  const search = await searchParams;
  const asked = one(search.asOf);
  return (
    <>
      <NeitherDay asked={asked} />
      <LineagePage
        refOf={fromSegment((await params).ref)}
        direction={directionOf(one(search.direction))}
        knownOn={readAsOf(asked).at}
      />
    </>
  );
}
