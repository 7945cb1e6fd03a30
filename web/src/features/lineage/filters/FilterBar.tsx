'use client';

import { ask } from '@/graphql/browser.ts';
import { Button } from '@/ui/Button.tsx';
import { Combobox } from '@/ui/Combobox.tsx';
import { cx } from '@/ui/classes.ts';
import { Field, Select } from '@/ui/Field.tsx';
import { percent, plural } from '@/ui/numbers.ts';
import { STAGE_ORDER, STAGE_TITLES } from '../bands.ts';
import { type ExplorerState, KINDS } from '../explorer-state.ts';
import { TagNamesDocument } from '../lineage-document.ts';
import { KIND_WORDS } from '../lineage-words.ts';
import type { PictureGraph } from '../picture-graph.ts';

const SHARES = [0.001, 0.01, 0.05, 0.1, 0.25, 0.5];

type Chosen = Pick<ExplorerState, 'kinds' | 'stages' | 'share' | 'tag'>;

export const NO_FILTER: Chosen = { kinds: [], stages: [], share: null, tag: null };

export const countOf = ({ kinds, stages, share, tag }: Chosen): number =>
  [kinds.length > 0, stages.length > 0, share !== null, tag !== null].filter(Boolean).length;

/** What of the lineage is shown: by kind, by training stage, by share, by content tag. */
export function FilterBar(props: {
  chosen: Chosen;
  /** The graph before filters, for the stages that there are. */
  graph: PictureGraph;
  hidden: { nodes: number; edges: number };
  onChange: (change: Partial<Chosen>) => void;
}) {
  const { chosen, graph, hidden, onChange } = props;
  const stages = new Set([...graph.nodes.map((n) => n.stage), ...chosen.stages]);
  const count = countOf(chosen);
  return (
    <section
      aria-label="Filters"
      className="flex flex-col gap-3 rounded-lg border border-line bg-surface p-3 text-sm"
    >
      <Chips
        legend="Kinds"
        all={KINDS.map((kind) => ({ value: kind, label: KIND_WORDS[kind] }))}
        chosen={chosen.kinds}
        onChange={(kinds) => onChange({ kinds })}
      />
      <Chips
        legend="Stages"
        all={STAGE_ORDER.filter((s) => stages.has(s)).map((s) => ({ value: s, label: STAGE_TITLES[s] }))}
        chosen={chosen.stages}
        onChange={(to) => onChange({ stages: to })}
      />
      <div className="grid gap-3 sm:grid-cols-2">
        <Field label="Share of at least" hint="Links whose share is not known stay.">
          <Select
            value={chosen.share ?? ''}
            onChange={(event) => onChange({ share: event.target.value ? Number(event.target.value) : null })}
          >
            <option value="">any</option>
            {[...new Set([...SHARES, ...(chosen.share === null ? [] : [chosen.share])])]
              .sort((a, b) => a - b)
              .map((share) => (
                <option key={share} value={share}>
                  {percent(share)}
                </option>
              ))}
          </Select>
        </Field>
        <Field label="Content tag" hint="What is measured to carry it, and the ways there.">
          <Combobox
            single
            load={async (typed, signal) => {
              const answer = await ask(TagNamesDocument, { search: typed || null }, signal);
              if (answer.kind !== 'data') throw new Error('not reachable');
              return answer.data.contentTags.map(({ name, description: detail }) => ({
                value: name,
                label: name,
                detail,
              }));
            }}
            placeholder="any"
            chosen={chosen.tag ? [{ value: chosen.tag, label: chosen.tag }] : []}
            onChange={([one]) => onChange({ tag: one?.value ?? null })}
          />
        </Field>
      </div>
      <div className="flex flex-wrap items-center gap-3">
        <p role="status" className="text-ink-2">
          {leftOut(chosen, hidden)}
        </p>
        <Button
          size="sm"
          className="ml-auto"
          disabledReason={count === 0 ? 'No filter is chosen.' : null}
          onClick={() => onChange(NO_FILTER)}
        >
          Clear the filters
        </Button>
      </div>
    </section>
  );
}

function leftOut({ kinds }: Chosen, hidden: { nodes: number; edges: number }): string {
  const other = kinds.length > 0 ? 'Other kinds are left out; what lies between is drawn as one link. ' : '';
  if (hidden.nodes + hidden.edges === 0) return other || 'Nothing is left out.';
  return `${other}Left out: ${plural(hidden.nodes, 'node')}, ${plural(hidden.edges, 'edge')}.`;
}

function Chips<T extends string>(props: {
  legend: string;
  all: { value: T; label: string }[];
  chosen: T[];
  onChange: (chosen: T[]) => void;
}) {
  const { all, chosen } = props;
  return (
    <fieldset className="flex flex-wrap items-center gap-1.5">
      <legend className="float-left mr-1 w-14 text-sm font-medium">{props.legend}</legend>
      {all.length === 0 ? <span className="text-ink-3">none in this lineage</span> : null}
      {all.map(({ value, label }) => {
        const on = chosen.includes(value);
        return (
          <button
            key={value}
            type="button"
            aria-pressed={on}
            className={cx(
              'h-7 rounded-full border px-2.5 text-xs font-medium transition-colors',
              on
                ? 'border-accent-line bg-accent-soft text-accent'
                : 'border-line-strong bg-surface text-ink-2 hover:bg-sunken hover:text-ink',
            )}
            onClick={() => props.onChange(on ? chosen.filter((c) => c !== value) : [...chosen, value])}
          >
            {label}
          </button>
        );
      })}
    </fieldset>
  );
}
