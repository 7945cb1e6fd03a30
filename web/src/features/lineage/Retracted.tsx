import { Day } from '@/ui/Figure.tsx';
import { Notice } from '@/ui/Notice.tsx';

/** On the page of a record that was taken back: it must not look as if it held. */
export function Retracted({ at }: { at: string }) {
  return (
    <Notice tone="warning" title="This record was retracted" className="mb-4">
      It stands here for questions about dates before <Day value={at} />.
    </Notice>
  );
}
