'use client';

import { ClipboardCopy, Download } from 'lucide-react';
import { useMemo, useState } from 'react';
import { ask, explain } from '@/graphql/browser.ts';
import { pathOfRef } from '@/navigation/paths.ts';
import { Button } from '@/ui/Button.tsx';
import { csvText } from '@/ui/csv.ts';
import { download } from '@/ui/download.ts';
import { EmptyState } from '@/ui/EmptyState.tsx';
import { Notice } from '@/ui/Notice.tsx';
import { plural } from '@/ui/numbers.ts';
import { Section } from '@/ui/Section.tsx';
import { useToast } from '@/ui/Toast.tsx';
import { ImpactTable } from './ImpactTable.tsx';
import { IMPACT_PAGE, ImpactListDocument } from './impact-document.ts';
import {
  byTeam,
  csvRows,
  type ImpactAnswer,
  joinRows,
  nextPage,
  PARTS,
  type Part,
  rowsOf,
  textOf,
} from './impact-rows.ts';

const NAMES: Record<Part, [string, string]> = {
  incidents: ['incident', 'incidents'],
  modelVersions: ['model version', 'model versions'],
  datasetVersions: ['dataset version', 'dataset versions'],
  evalRuns: ['eval run', 'eval runs'],
  influenced: ['only influenced', 'only influenced'],
};

/** The list by owner, with the ways to take it away; a file holds all of it, whatever was read so far. */
export function ImpactList(props: { refOf: string; knownOn: string | null; initial: ImpactAnswer }) {
  const { refOf, knownOn, initial } = props;
  const say = useToast();
  const [rows, setRows] = useState(() => rowsOf(initial));
  const [after, setAfter] = useState(() => nextPage(initial, {}));
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<string | null>(null);
  const teams = useMemo(() => byTeam(rows), [rows]);
  const total = PARTS.reduce((sum, part) => sum + initial[part].totalCount, 0);

  const readOn = async (whole: boolean) => {
    let [all, next] = [rows, after];
    setBusy(true);
    setFailure(null);
    // The first page's moment holds for all of them, so that no page is of another day.
    const fixed = { ref: refOf, knownOn: initial.knownOn, first: IMPACT_PAGE };
    while (next) {
      const answer = await ask(ImpactListDocument, { ...fixed, ...next });
      if (answer.kind !== 'data' || !answer.data.lineageNode) {
        setFailure(answer.kind === 'data' ? 'It is no longer there.' : explain(answer));
        setBusy(false);
        return null;
      }
      const { impact } = answer.data.lineageNode;
      all = joinRows(all, rowsOf(impact));
      next = nextPage(impact, next);
      setRows(all);
      setAfter(next);
      if (!whole) break;
    }
    setBusy(false);
    return all;
  };
  const about = {
    of: refOf,
    knownOn: initial.knownOn,
    address: (ref: string) => `${window.location.origin}${pathOfRef(ref)}`,
  };
  const saveCsv = async () => {
    const all = await readOn(true);
    if (!all) return;
    const name = `impact-${refOf.replace(/[^\w.-]+/g, '-')}.csv`;
    download(new Blob([csvText(csvRows(all, about))], { type: 'text/csv;charset=utf-8' }), name);
    say(`Saved ${name}`);
  };
  const copy = async (team: (typeof teams)[number]) => {
    try {
      await navigator.clipboard.writeText(textOf(team, about));
      say(`Copied the list for ${team.team}`);
    } catch {
      say('The browser did not let it be copied; save the CSV instead.');
    }
  };

  if (total === 0) {
    return (
      <EmptyState kind="none" title="It reached nothing that is recorded">
        No incident, model version, eval run or dataset version that you may see depends on it
        {knownOn ? ' on that date' : ''}.
      </EmptyState>
    );
  }
  return (
    <>
      <div className="flex flex-wrap items-center gap-x-5 gap-y-2">
        <p className="flex flex-wrap gap-x-5 gap-y-1">
          {PARTS.filter((part) => initial[part].totalCount > 0).map((part) => (
            <span key={part}>
              <span className="text-xl font-semibold">{initial[part].totalCount.toLocaleString('en')}</span>{' '}
              <span className="text-ink-2">{NAMES[part][initial[part].totalCount === 1 ? 0 : 1]}</span>
            </span>
          ))}
        </p>
        <Button className="ml-auto" busy={busy} onClick={saveCsv}>
          <Download aria-hidden /> Save as CSV
        </Button>
      </div>
      {failure ? (
        <Notice tone="danger" role="alert" title="The rest could not be read" className="mt-4">
          {failure}
        </Notice>
      ) : null}
      {after ? (
        <Notice tone="warning" role="status" title="Not all of it is listed yet" className="mt-4">
          <span className="flex flex-wrap items-center gap-3">
            {plural(rows.length, 'thing')} of {total.toLocaleString('en')}. The file holds all of them.
            <Button size="sm" busy={busy} onClick={() => readOn(false)}>
              List more
            </Button>
          </span>
        </Notice>
      ) : null}
      {teams.map((team, index) => (
        <Section
          key={team.team}
          id={`owner-${index + 1}`}
          title={team.team}
          count={team.rows.length}
          className="mt-8 first:mt-8"
          actions={
            <Button size="sm" onClick={() => copy(team)}>
              <ClipboardCopy aria-hidden /> Copy for {team.team}
            </Button>
          }
        >
          <ImpactTable team={team.team} rows={team.rows} knownOn={knownOn} />
        </Section>
      ))}
    </>
  );
}
