import type { ImpactListQuery, IncidentStatus, Severity } from '../../../graphql/generated/graphql.ts';
import { words } from '../../../ui/numbers.ts';
import { KIND_WORDS } from '../lineage-words.ts';
import type { NodeKind } from '../picture-graph.ts';

export type ImpactAnswer = NonNullable<ImpactListQuery['lineageNode']>['impact'];

export const PARTS = ['incidents', 'evalRuns', 'modelVersions', 'datasetVersions', 'influenced'] as const;
export type Part = (typeof PARTS)[number];

/** One thing that was reached, as its owner needs to read it. */
export type ImpactRow = {
  ref: string;
  kind: NodeKind;
  label: string;
  title: string | null;
  team: string;
  severity: Severity | null;
  status: IncidentStatus | null;
  /** False where it was only influenced: by a teacher, a reward, a judge or an earlier version. */
  reached: boolean;
};

/** What one answer holds, incidents first, since they are what an owner acts on. */
export function rowsOf(impact: ImpactAnswer): ImpactRow[] {
  const plain = (
    { ref, kind, label, team }: { ref: string; kind: NodeKind; label: string; team: { name: string } },
    reached: boolean,
  ): ImpactRow => ({ ref, kind, label, title: null, team: team.name, severity: null, status: null, reached });
  return [
    ...impact.incidents.nodes.map((n) => ({
      ...plain(n, true),
      title: n.title,
      severity: n.severity,
      status: n.status,
    })),
    ...[impact.modelVersions, impact.datasetVersions, impact.evalRuns].flatMap((list) =>
      list.nodes.map((n) => plain(n, true)),
    ),
    ...impact.influenced.nodes.map((n) => plain(n, false)),
  ];
}

/** The cursors of the next page, by part; null where all of them are read. */
export function nextPage(impact: ImpactAnswer, before: Partial<Record<Part, string>>) {
  const after: Partial<Record<Part, string>> = { ...before };
  let more = false;
  for (const part of PARTS) {
    const { endCursor, hasNextPage } = impact[part].pageInfo;
    if (endCursor) after[part] = endCursor;
    more ||= hasNextPage;
  }
  return more ? after : null;
}

/** Rows of pages put together, each thing once. */
export function joinRows(rows: readonly ImpactRow[], more: readonly ImpactRow[]): ImpactRow[] {
  const key = (row: ImpactRow) => `${row.reached} ${row.ref}`;
  return [...new Map([...rows, ...more].map((row) => [key(row), row])).values()];
}

const ORDER: readonly NodeKind[] = ['INCIDENT', 'MODEL_VERSION', 'DATASET_VERSION', 'EVAL_RUN'];

/** By the team that owns them, the one with the most first; within a team by kind, what was only influenced last. */
export function byTeam(rows: readonly ImpactRow[]): { team: string; rows: ImpactRow[] }[] {
  const teams = new Map<string, ImpactRow[]>();
  for (const row of rows) {
    const list = teams.get(row.team);
    if (list) list.push(row);
    else teams.set(row.team, [row]);
  }
  const rank = (row: ImpactRow) => (ORDER.indexOf(row.kind) + ORDER.length + 1) % (ORDER.length + 1);
  for (const list of teams.values()) {
    list.sort(
      (a, b) =>
        Number(b.reached) - Number(a.reached) ||
        rank(a) - rank(b) ||
        a.label.localeCompare(b.label, 'en', { numeric: true }),
    );
  }
  return [...teams]
    .map(([team, list]) => ({ team, rows: list }))
    .sort((a, b) => b.rows.length - a.rows.length || a.team.localeCompare(b.team));
}

const how = (row: ImpactRow) => (row.reached ? 'reached' : 'only influenced');

const TITLES = [
  'Owner',
  'Kind',
  'Name',
  'Title',
  'How',
  'Severity',
  'Status',
  'Reference',
  'Address',
  'Of',
  'As known on',
];

/** The whole list as rows of a file, ordered as on the page. */
export function csvRows(
  rows: readonly ImpactRow[],
  about: { of: string; knownOn: string; address: (ref: string) => string },
) {
  return [
    TITLES,
    ...byTeam(rows).flatMap(({ rows: own }) =>
      own.map((row) => [
        row.team,
        KIND_WORDS[row.kind],
        row.label,
        row.title,
        how(row),
        row.severity && words(row.severity),
        row.status && words(row.status),
        row.ref,
        about.address(row.ref),
        about.of,
        about.knownOn,
      ]),
    ),
  ];
}

/** The part of one team as plain text, to be pasted into a message. */
export function textOf(
  team: { team: string; rows: readonly ImpactRow[] },
  about: { of: string; knownOn: string; address: (ref: string) => string },
): string {
  const lines = team.rows.map((row) => {
    const more = [row.title, row.severity && words(row.severity), row.status && words(row.status)].filter(
      Boolean,
    );
    const told = more.length ? ` (${more.join(', ')})` : '';
    return `- ${KIND_WORDS[row.kind]} ${row.label}${told}, ${how(row)}: ${about.address(row.ref)}`;
  });
  return [`What ${about.of} reached of ${team.team}, as known on ${about.knownOn}:`, ...lines, ''].join('\n');
}
