import Link from 'next/link';
import { paths } from '@/navigation/paths.ts';
import { Button } from '@/ui/Button.tsx';
import { cx } from '@/ui/classes.ts';
import { Input } from '@/ui/Field.tsx';
import { type Drawing, RESAMPLES, USUAL, writeDrawing } from './interval-method.ts';

/** By which method the rates have their intervals; with seed and resamples where these are drawn. All in the address. */
export function IntervalChoice(props: { one: string; two: string; drawing: Drawing }) {
  const { one, two, drawing } = props;
  const methods = [
    { name: 'Analytic', drawing: null },
    { name: 'Bootstrap', drawing: drawing ?? USUAL },
  ];
  return (
    <section
      aria-label="How intervals are made"
      className="mb-6 flex flex-wrap items-center gap-x-5 gap-y-3 text-sm print:hidden"
    >
      <span className="text-ink-2">Intervals of the rates</span>
      <nav
        aria-label="Intervals of the rates"
        className="flex rounded-md border border-line-strong bg-surface"
      >
        {methods.map((method) => {
          const here = (method.drawing === null) === (drawing === null);
          return (
            <Link
              key={method.name}
              href={paths.compare(one, two, writeDrawing(method.drawing))}
              scroll={false}
              aria-current={here ? 'true' : undefined}
              className={cx(
                'flex h-7 items-center border-l border-line-strong px-2.5 text-xs font-medium first:rounded-l-md first:border-l-0 last:rounded-r-md',
                here ? 'bg-accent-soft text-accent' : 'text-ink-2 hover:bg-sunken hover:text-ink',
              )}
            >
              {method.name}
            </Link>
          );
        })}
      </nav>
      {drawing === null ? null : <Draw one={one} two={two} drawing={drawing} />}
    </section>
  );
}

function Draw(props: { one: string; two: string; drawing: NonNullable<Drawing> }) {
  const { one, two, drawing } = props;
  return (
    // Anew with each drawing, so that what is typed is what the address says.
    <form
      key={`${drawing.resamples} ${drawing.seed}`}
      action={paths.compare()}
      className="flex flex-wrap items-center gap-x-4 gap-y-2"
    >
      <input type="hidden" name="one" value={one} />
      <input type="hidden" name="two" value={two} />
      <input type="hidden" name="intervals" value="bootstrap" />
      <Amount label="Resamples" name="resamples" value={drawing.resamples} {...RESAMPLES} />
      <Amount label="Seed" name="seed" value={drawing.seed} least={0} most={2 ** 31 - 1} />
      <Button type="submit" size="sm">
        Draw
      </Button>
    </form>
  );
}

function Amount(props: { label: string; name: string; value: number; least: number; most: number }) {
  return (
    <span className="flex items-center gap-2">
      <label htmlFor={`draw-${props.name}`} className="text-ink-2">
        {props.label}
      </label>
      <Input
        id={`draw-${props.name}`}
        type="number"
        name={props.name}
        required
        min={props.least}
        max={props.most}
        defaultValue={props.value}
        className="h-8 w-28 tabular-nums"
      />
    </span>
  );
}
