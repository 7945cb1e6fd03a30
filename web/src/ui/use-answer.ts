import { useEffect, useRef, useState } from 'react';
import type { Answer, Option } from './offered.ts';

/** How long nothing must be typed before it is asked, in ms. */
const SETTLES = 200;

export type Load = (typed: string, signal: AbortSignal) => Promise<Option[]>;

/** What `load` answered last, while it is wanted; an answer that stands is not asked for again when the list closes. */
export function useAnswer(load: Load, typed: string, open: boolean): Answer {
  const [answer, setAnswer] = useState<Answer>({ kind: 'none' });
  const loader = useRef(load);
  loader.current = load;
  const of = typed.trim();
  const stands = answer.kind === 'options' && answer.of === of;
  // What was typed and left is still looked for: whether it names one choice is not known before.
  const wanted = open || (of !== '' && !stands);

  // biome-ignore lint/correctness/useExhaustiveDependencies: opened anew, it is asked anew, also after a failure
  useEffect(() => {
    if (!wanted) return;
    const abort = new AbortController();
    const timer = setTimeout(() => {
      loader.current(of, abort.signal).then(
        (options) => {
          if (!abort.signal.aborted) setAnswer({ kind: 'options', of, options });
        },
        () => {
          if (!abort.signal.aborted) setAnswer({ kind: 'failed', of });
        },
      );
    }, SETTLES);
    return () => {
      clearTimeout(timer);
      abort.abort();
    };
  }, [of, wanted, open]);

  return answer;
}
