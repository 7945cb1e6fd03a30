import Link from 'next/link';
import { queryString } from '@/navigation/paths.ts';
import { cx } from '@/ui/classes.ts';

/** Which of the incident's model versions the exposure below is of. */
export function ModelChoice(props: {
  models: ReadonlyArray<{ ref: string; label: string }>;
  chosen: string;
  searchParams: Record<string, string | string[] | undefined>;
}) {
  if (props.models.length < 2) return null;
  return (
    <nav aria-label="Model version" className="mb-4 flex flex-wrap gap-1.5">
      {props.models.map((model) => (
        <Link
          key={model.ref}
          scroll={false}
          href={`${queryString({ ...props.searchParams, model: model.ref })}#exposure`}
          aria-current={model.ref === props.chosen ? 'true' : undefined}
          className={cx(
            'rounded-md border border-line bg-surface px-2 py-1 text-xs text-ink-2 hover:bg-sunken hover:text-ink',
            model.ref === props.chosen && 'border-accent-line bg-accent-soft font-medium text-accent',
          )}
        >
          {model.label}
        </Link>
      ))}
    </nav>
  );
}
