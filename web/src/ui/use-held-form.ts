import { type RefObject, useEffect, useState } from 'react';

/**
 * Keeps the form around an input from being submitted while `unsettled`, and leads back to the input. It listens on the
 * form itself, before React is told: a form that looks at no constraints is held as well. True from then on, until the
 * input is settled.
 */
export function useHeldForm(input: RefObject<HTMLInputElement | null>, unsettled: boolean): boolean {
  const [held, setHeld] = useState(false);
  useEffect(() => {
    const form = input.current?.form;
    if (!form || !unsettled) return;
    const hold = (event: SubmitEvent) => {
      event.preventDefault();
      event.stopImmediatePropagation();
      setHeld(true);
      input.current?.focus();
    };
    form.addEventListener('submit', hold);
    return () => {
      form.removeEventListener('submit', hold);
      setHeld(false);
    };
  }, [input, unsettled]);
  return held && unsettled;
}
