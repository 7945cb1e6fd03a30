import { Badge, type Tone } from '@/ui/Badge.tsx';
import { VERDICTS, type Verdict } from './verdict-words.ts';

const TONES: Readonly<Record<Verdict, Tone>> = {
  HIT: 'danger',
  NO_HIT: 'neutral',
  NOT_COMPARABLE: 'warning',
  CANNOT_BE_TESTED: 'warning',
};

const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);

export function VerdictMark({ verdict }: { verdict: Verdict }) {
  return <Badge tone={TONES[verdict]}>{capital(VERDICTS[verdict])}</Badge>;
}
