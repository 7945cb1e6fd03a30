import type { Metadata } from 'next';

import { EvaluationPage } from '@/features/evaluation/EvaluationPage.tsx';
import { fromSegment } from '@/navigation/paths.ts';

type Props = { params: Promise<{ name: string }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: fromSegment((await params).name) };
}

export default async function Evaluation({ params }: Props) {
  return <EvaluationPage name={fromSegment((await params).name)} />;
}
