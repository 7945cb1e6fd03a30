import type { Metadata } from 'next';
import { ScoringRulePage } from '@/features/scoring/ScoringRulePage.tsx';
import { fromSegment } from '@/navigation/paths.ts';

type Props = { params: Promise<{ name: string }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: fromSegment((await params).name) };
}

export default async function ScoringRule({ params }: Props) {
  return <ScoringRulePage name={fromSegment((await params).name)} />;
}
