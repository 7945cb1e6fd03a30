import { Badge, type Tone } from '@/ui/Badge.tsx';
import { VERDICTS, type Verdict } from './verdict-words.ts';

const TONES: Readonly<Record<Verdict, Tone>> = {
  HIT: 'danger',
  NO_HIT: 'neutral',
  NOT_COMPARABLE: 'warning',
  CANNOT_BE_TESTED: 'warning',
};

export function VerdictMark({ verdict }: { verdict: Verdict }) {
  return <Badge tone={TONES[verdict]}>{VERDICTS[verdict]}</Badge>;
}
