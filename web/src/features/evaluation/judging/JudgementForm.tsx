'use client';

import { useEffect, useRef } from 'react';
import type { JudgedOutcome } from '@/graphql/generated/graphql.ts';
import { Button } from '@/ui/Button.tsx';
import { Field, Textarea } from '@/ui/Field.tsx';
import { KeyHint } from '@/ui/KeyHint.tsx';
import type { Judgement } from './judgement-draft.ts';

const CHOICES: { outcome: JudgedOutcome; word: string; key: string }[] = [
  { outcome: 'EXHIBITED', word: 'It shows it', key: '1' },
  { outcome: 'NOT_EXHIBITED', word: 'It does not', key: '2' },
  { outcome: 'UNSCORED', word: 'I can’t tell', key: '3' },
  { outcome: 'EXCLUDED', word: 'Leave it out', key: '4' },
];

export interface JudgementFormProps {
  /** What was said of this sample so far. */
  said: Judgement | null;
  /** The reason that was typed, whether anything was said or not. */
  explanation: string;
  onExplain: (explanation: string) => void;
  /** Says it, or takes it back; `goOn` leads to the next that is open. */
  onSay: (said: Judgement | null, goOn: boolean) => void;
  onMove: (by: 1 | -1) => void;
  place: string;
  first: boolean;
  last: boolean;
}

/** What one sample shows, by button or by key; a reason that is typed goes with it. */
export function JudgementForm(props: JudgementFormProps) {
  const { said, explanation, onExplain, onSay, onMove, place, first, last } = props;
  const choose = (outcome: JudgedOutcome) => onSay({ outcome, explanation }, true);
  useKeys({ choose, onMove });
  return (
    <div className="flex flex-col gap-3">
      <fieldset className="flex flex-col gap-1.5">
        <legend className="sr-only">What it shows</legend>
        {CHOICES.map(({ outcome, word, key }) => (
          <Button
            key={outcome}
            aria-pressed={said?.outcome === outcome}
            className="justify-between aria-pressed:border-accent aria-pressed:bg-accent-soft"
            onClick={() => choose(outcome)}
          >
            {word}
            <KeyHint>{key}</KeyHint>
          </Button>
        ))}
      </fieldset>
      <Field label="Why" optional hint="Before you choose: choosing leads on.">
        <Textarea
          rows={3}
          maxLength={2_000}
          value={explanation}
          onChange={(event) => onExplain(event.target.value)}
          onBlur={() => {
            if (said && said.explanation !== explanation) onSay({ ...said, explanation }, false);
          }}
        />
      </Field>
      <div className="flex flex-wrap items-center justify-between gap-2">
        <Button size="sm" onClick={() => onMove(-1)} disabledReason={first ? 'This is the first.' : null}>
          Back
        </Button>
        <span className="text-xs text-ink-2 tabular-nums">{place}</span>
        <Button size="sm" onClick={() => onMove(1)} disabledReason={last ? 'This is the last.' : null}>
          Skip
        </Button>
      </div>
      {said ? (
        <Button size="sm" look="quiet" onClick={() => onSay(null, false)}>
          Take it back
        </Button>
      ) : null}
    </div>
  );
}

/** 1 to 4 choose, the arrows lead on and back: except where somebody types. */
function useKeys(keys: { choose: (outcome: JudgedOutcome) => void; onMove: (by: 1 | -1) => void }): void {
  const newest = useRef(keys);
  newest.current = keys;
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const types = event.target instanceof Element && event.target.closest('input, textarea, select');
      if (types || event.altKey || event.ctrlKey || event.metaKey) return;
      const choice = CHOICES.find(({ key }) => key === event.key);
      if (choice) newest.current.choose(choice.outcome);
      else if (event.key === 'ArrowRight') newest.current.onMove(1);
      else if (event.key === 'ArrowLeft') newest.current.onMove(-1);
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, []);
}
