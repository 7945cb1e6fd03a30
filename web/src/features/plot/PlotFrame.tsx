'use client';

import { Download } from 'lucide-react';
import Link from 'next/link';
import { type ReactNode, useId, useRef, useState } from 'react';
import { textLinkLook } from '@/navigation/RefLink.tsx';
import { Button } from '@/ui/Button.tsx';
import { cx } from '@/ui/classes.ts';
import { csvText } from '@/ui/csv.ts';
import { download } from '@/ui/download.ts';
import { savePng, saveSvg } from '@/ui/save-picture.ts';
import { useToast } from '@/ui/Toast.tsx';
import { Legend, SIGNS, type Sign } from './Legend.tsx';
import { plotSvg } from './plot-file.ts';
import { type Told, useMarks } from './use-marks.ts';

export interface PlotFrameProps {
  title: string;
  /** What has to be known to read it. */
  note?: ReactNode;
  signs: readonly Sign[];
  /** Which way rates run in the picture. */
  rates: 'up' | 'side';
  /** The name of the files, without an ending. */
  file: string;
  /** The same figures as a file: the first row the titles. */
  rows: readonly (readonly (string | number | null)[])[];
  /** The same as a table. */
  table: ReactNode;
  /** What the picture leaves out, in sentences, so that it never looks whole where it is not. */
  remarks?: readonly string[];
  /** The picture in every size, each an SVG with `data-plot`. */
  children: ReactNode;
}

/** Every plot of the product: title, picture and table, what its signs mean, what a mark says, and files of it. */
export function PlotFrame(props: PlotFrameProps) {
  const { title, remarks = [] } = props;
  const [view, setView] = useState<'picture' | 'table'>('picture');
  const box = useRef<HTMLDivElement>(null);
  const marks = useMarks(box);
  const heading = useId();
  return (
    <figure
      aria-labelledby={heading}
      className="break-inside-avoid-page rounded-lg border border-line bg-surface px-4 py-3.5"
    >
      <div className="mb-2 flex flex-wrap items-start gap-x-4 gap-y-2">
        <div className="min-w-0 flex-1 basis-64">
          <h3 id={heading} className="font-semibold wrap-anywhere">
            {title}
          </h3>
          {props.note ? (
            <p className="mt-0.5 max-w-3xl text-sm text-pretty text-ink-2">{props.note}</p>
          ) : null}
        </div>
        <div className="flex flex-wrap items-center gap-2 print:hidden">
          <Views view={view} choose={setView} of={title} />
          <Files {...props} box={box} />
        </div>
      </div>
      <div className={view === 'picture' ? '' : 'hidden print:block'}>
        {props.signs.length ? <Legend signs={props.signs} rates={props.rates} /> : null}
        {/* biome-ignore lint/a11y/noStaticElementInteractions: keys and pointer are those of the marks inside */}
        <div
          ref={box}
          className="mt-2"
          onPointerOver={marks.tell}
          onFocus={marks.tell}
          onClick={marks.tell}
          onKeyDown={marks.onKeyDown}
        >
          {props.children}
        </div>
        <Readout told={marks.told} />
      </div>
      <div className={view === 'table' ? '' : 'hidden print:mt-4 print:block'}>{props.table}</div>
      {remarks.length ? (
        <ul className="mt-2 flex flex-col gap-0.5 text-xs text-ink-2">
          {remarks.map((remark) => (
            <li key={remark}>{remark}</li>
          ))}
        </ul>
      ) : null}
    </figure>
  );
}

function Views(props: { view: string; choose: (view: 'picture' | 'table') => void; of: string }) {
  return (
    <fieldset className="flex">
      <legend className="sr-only">Show “{props.of}” as</legend>
      {(['picture', 'table'] as const).map((view) => (
        <Button
          key={view}
          size="sm"
          aria-pressed={props.view === view}
          className={cx(
            'aria-pressed:bg-accent-soft aria-pressed:text-accent',
            view === 'picture' ? 'rounded-r-none' : '-ml-px rounded-l-none',
          )}
          onClick={() => props.choose(view)}
        >
          {view === 'picture' ? 'Picture' : 'Table'}
        </Button>
      ))}
    </fieldset>
  );
}

/** Holds its place from the start, so that nothing moves when a mark is pointed at. */
function Readout({ told }: { told: Told | null }) {
  return (
    <p className="mt-1 min-h-11 text-sm text-ink-2 sm:min-h-6 print:hidden">
      {told ? (
        <>
          {told.says}.{' '}
          {told.href ? (
            <Link href={told.href} className={textLinkLook}>
              {told.linkText ?? 'Open it'}
            </Link>
          ) : null}
        </>
      ) : (
        <span className="text-ink-3">Point at a mark, or go along them with the arrow keys, to read it.</span>
      )}
    </p>
  );
}

/** What the signs mean, for the files, where no list stands beside them. */
const signsInWords = ({ signs, rates }: PlotFrameProps): string[] =>
  signs.length === 0
    ? []
    : [`Signs: ${signs.map((sign) => `${GLYPHS[rates][sign]} ${SIGNS[sign]}`).join('; ')}.`];

function Files(props: PlotFrameProps & { box: { current: HTMLElement | null } }) {
  const say = useToast();
  const save = async (as: 'svg' | 'png' | 'csv') => {
    try {
      if (as === 'csv') download(new Blob([csvText(props.rows)], { type: 'text/csv' }), `${props.file}.csv`);
      else {
        const svg = props.box.current?.querySelector<SVGSVGElement>('svg[data-plot="wide"]');
        if (!svg) throw new Error('The picture could not be drawn.');
        const notes = [...signsInWords(props), ...(props.remarks ?? [])];
        const file = plotSvg(svg, { title: props.title, notes });
        if (as === 'svg') saveSvg(file.text, props.file);
        else await savePng(file.text, props.file, file.width, file.height);
      }
      say(`Saved ${props.file}.${as}`);
    } catch (error) {
      say(error instanceof Error ? error.message : 'The picture could not be saved.');
    }
  };
  return (
    <span className="flex">
      {(['svg', 'png', 'csv'] as const).map((as) => (
        <Button
          key={as}
          size="sm"
          look="quiet"
          aria-label={`Save “${props.title}” as ${as.toUpperCase()}`}
          onClick={() => save(as)}
        >
          <Download aria-hidden /> {as.toUpperCase()}
        </Button>
      ))}
    </span>
  );
}

/** The signs as letters. */
const UPWARDS: Record<Sign, string> = {
  full: '●',
  open: '○',
  'at-most': '▽',
  'at-least': '△',
  line: '—',
  break: '//',
  apart: '//',
  range: '▬',
  carried: '■',
  unaccounted: '┄',
  beyond: '→',
  unknown: '▯',
  before: '■',
  after: '●',
  bare: '○',
  less: '◀',
  more: '▶',
  hatched: '▨',
  'difference-range': '▒',
  written: '⁙',
  rest: '▒',
  told: '●',
  untold: '○',
  arrow: '➤',
};
const GLYPHS = { up: UPWARDS, side: { ...UPWARDS, 'at-most': '◁', 'at-least': '▷' } };
