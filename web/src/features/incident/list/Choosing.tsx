'use client';

import { useState } from 'react';
import { paths } from '@/navigation/paths.ts';
import { Button } from '@/ui/Button.tsx';

/** As many as are compared at once. */
const MOST = 50;

/** Takes the incidents that are ticked within to what they have in common; a form, so that it works as it loads. */
export function Choosing({ children, count }: { children: React.ReactNode; count: React.ReactNode }) {
  const [chosen, setChosen] = useState(0);
  return (
    <form
      action={paths.commonCauses()}
      onChange={(event) => setChosen(new FormData(event.currentTarget).getAll('incidents').length)}
    >
      {children}
      <div className="mt-3 flex flex-wrap items-center gap-3 text-sm text-ink-2">
        {count}
        <Button
          type="submit"
          className="ml-auto"
          disabledReason={
            chosen === 0
              ? 'Tick some incidents first.'
              : chosen > MOST
                ? `At most ${MOST} are compared at once.`
                : null
          }
        >
          Common causes{chosen > 0 ? ` of ${chosen}` : ''}
        </Button>
      </div>
    </form>
  );
}
