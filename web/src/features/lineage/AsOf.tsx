'use client';

import { History } from 'lucide-react';
import { useState } from 'react';
import { Button } from '@/ui/Button.tsx';
import { Field, Input } from '@/ui/Field.tsx';
import { moment } from '@/ui/numbers.ts';
import { Popover } from '@/ui/Popover.tsx';

/** The date that the lineage is asked for: what had been recorded, and not yet retracted, at its end (UTC). */
export function AsOf(props: {
  value: string | null;
  answered: string;
  onChange: (value: string | null) => void;
}) {
  const [open, setOpen] = useState(false);
  const choose = (value: string | null) => {
    setOpen(false);
    props.onChange(value);
  };
  return (
    <Popover
      open={open}
      onOpenChange={setOpen}
      label="As known on a date"
      trigger={
        <Button size="sm">
          <History aria-hidden />
          {props.value ? `As known on ${moment(props.value)}` : 'As known now'}
        </Button>
      }
    >
      <form
        className="flex flex-col gap-3"
        onSubmit={(event) => {
          event.preventDefault();
          const day = new FormData(event.currentTarget).get('day');
          choose(typeof day === 'string' && day ? `${day}T23:59:59.999Z` : null);
        }}
      >
        <Field label="As known at the end of this day (UTC)">
          <Input type="date" name="day" defaultValue={props.value?.slice(0, 10) ?? ''} />
        </Field>
        <p className="text-xs text-ink-2">This answer holds for {moment(props.answered)}.</p>
        <div className="flex gap-2">
          <Button look="primary" size="sm" type="submit">
            Show
          </Button>
          <Button size="sm" onClick={() => choose(null)}>
            Now
          </Button>
        </div>
      </form>
    </Popover>
  );
}
