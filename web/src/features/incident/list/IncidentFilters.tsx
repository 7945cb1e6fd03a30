'use client';

import { Search, X } from 'lucide-react';
import Link from 'next/link';
import { useRouter } from 'next/navigation';
import { type ReactNode, useEffect, useRef, useState, useTransition } from 'react';
import { type IncidentListState, paths } from '@/navigation/paths.ts';
import { Button } from '@/ui/Button.tsx';
import { cx } from '@/ui/classes.ts';
import { Checkbox, controlLook } from '@/ui/Field.tsx';
import { LONGEST_SEARCH } from '@/ui/longest-search.ts';
import { words } from '@/ui/numbers.ts';
import { Popover } from '@/ui/Popover.tsx';
import { SETTINGS, SEVERITIES, STATUSES } from '../words.ts';
import { changed, isFiltered, type ListState } from './list-state.ts';
import { NameFilter } from './NameFilter.tsx';

type Go = (change: Partial<IncidentListState>) => void;

function FilterButton(props: { label: string; count: number; children: ReactNode }) {
  return (
    <Popover
      label={props.label}
      className="w-64"
      trigger={
        <Button className={cx(props.count > 0 && 'border-accent-line bg-accent-soft text-accent')}>
          {props.label}
          {props.count ? <span aria-hidden="true">{props.count}</span> : null}
          {props.count ? <span className="sr-only">({props.count} chosen)</span> : null}
        </Button>
      }
    >
      {props.children}
    </Popover>
  );
}

function Choices<Value extends string>(props: {
  legend: string;
  all: readonly Value[];
  chosen: readonly Value[];
  onChange: (chosen: Value[]) => void;
}) {
  return (
    <fieldset className="flex flex-col gap-1.5">
      <legend className="sr-only">{props.legend}</legend>
      {props.all.map((value) => (
        <Checkbox
          key={value}
          label={words(value)}
          checked={props.chosen.includes(value)}
          onChange={(event) =>
            props.onChange(
              event.target.checked ? [...props.chosen, value] : props.chosen.filter((one) => one !== value),
            )
          }
        />
      ))}
    </fieldset>
  );
}

/** The search field writes its text into the address a moment after the last key. */
function SearchField({ state, go }: { state: ListState; go: Go }) {
  const [typed, setTyped] = useState(state.search ?? '');
  const sent = useRef(state.search ?? '');
  useEffect(() => {
    if (sent.current !== (state.search ?? '')) {
      sent.current = state.search ?? '';
      setTyped(state.search ?? '');
    }
  }, [state.search]);
  const goNow = useRef(go);
  goNow.current = go;
  useEffect(() => {
    if (typed.trim() === sent.current) return;
    const timer = setTimeout(() => {
      sent.current = typed.trim();
      goNow.current({ search: typed.trim() });
    }, 300);
    return () => clearTimeout(timer);
  }, [typed]);
  return (
    <div className="relative w-full sm:w-72">
      <Search className="pointer-events-none absolute top-2 left-2.5 size-4 text-ink-3" aria-hidden />
      <input
        type="search"
        maxLength={LONGEST_SEARCH}
        aria-label="Search incidents"
        placeholder="Search incidents"
        value={typed}
        onChange={(event) => setTyped(event.target.value)}
        className={cx(controlLook, 'h-8 pl-8')}
      />
    </div>
  );
}

export function IncidentFilters({ state }: { state: ListState }) {
  const router = useRouter();
  const [pending, startTransition] = useTransition();
  const go: Go = (change) => startTransition(() => router.replace(changed(state, change), { scroll: false }));
  return (
    <search aria-label="Incidents" aria-busy={pending} className="mb-4 flex flex-wrap items-center gap-2">
      <SearchField state={state} go={go} />
      <FilterButton label="Status" count={state.status.length}>
        <Choices legend="Status" all={STATUSES} chosen={state.status} onChange={(status) => go({ status })} />
      </FilterButton>
      <FilterButton label="Severity" count={state.severity.length}>
        <Choices
          legend="Severity"
          all={SEVERITIES}
          chosen={state.severity}
          onChange={(severity) => go({ severity })}
        />
      </FilterButton>
      <FilterButton label="Setting" count={state.setting.length}>
        <Choices
          legend="Setting"
          all={SETTINGS}
          chosen={state.setting}
          onChange={(setting) => go({ setting })}
        />
      </FilterButton>
      <FilterButton label="Behaviour" count={state.behavior.length}>
        <NameFilter of="behavior" chosen={state.behavior} onChange={(behavior) => go({ behavior })} />
      </FilterButton>
      <FilterButton label="Model" count={state.model.length}>
        <NameFilter of="model" chosen={state.model} onChange={(model) => go({ model })} />
      </FilterButton>
      {isFiltered(state) ? (
        <Button asChild look="quiet">
          <Link href={paths.incidents({ sort: state.sort, dir: state.dir })}>
            <X aria-hidden />
            Clear
          </Link>
        </Button>
      ) : null}
    </search>
  );
}
