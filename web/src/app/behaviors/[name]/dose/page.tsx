import type { Metadata } from 'next';
import { one, type SearchParams } from '@/features/catalogue/catalogue-state.ts';
import { DosePage } from '@/features/dose/DosePage.tsx';
import { fromSegment } from '@/navigation/paths.ts';

type Props = { params: Promise<{ name: string }>; searchParams: Promise<SearchParams> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: `Dose against response, ${fromSegment((await params).name)}` };
}

export default async function Dose({ params, searchParams }: Props) {
  const { of, stage } = await searchParams;
  return <DosePage name={fromSegment((await params).name)} of={one(of)} stage={one(stage)} />;
}
