// Files that runs were read from, what rules added to their reports, and what was read of them again.
import { readsAsMember } from '../../../api/src/access/viewer.ts';
import type { Json } from '../../../api/src/platform/json.ts';
import type { Writer } from './generate.ts';
import { refOf } from './nodes.ts';
import { PEOPLE, PRINCIPALS, type PrincipalName } from './principals.ts';
import type { Row, Sees } from './rows.ts';

/** What of a run a file, and a reading of it, may name. */
export interface NamedInFile {
  rule: Row;
  behaviors: readonly Row[];
  graderVersion: Row;
  evaluationVersion: Row;
}

export function importOf(write: Writer, i: number, named: NamedInFile): Row {
  const guard = write.guard();
  return write.record('import', {
    guard,
    values: {
      format: 'inspect-json',
      file_name: `${write.words()}.json`,
      digest: `${i}`.repeat(64),
      bytes: 10 + i,
      status: 'SUCCEEDED',
      error: null,
      progress: {
        next: { offset: 10 + i, line: 2 },
        lines: i + 3,
        added: i + 1,
        held: 1,
        refused: 1,
      },
      finished_at: null,
    },
    retold: withReport(write, guard.author, named),
  });
}

/** The file is read again, one that made the run or another; and sometimes it is being read once more. */
export function readAgain(
  write: Writer,
  file: Row,
  run: Row,
  { others, ...named }: NamedInFile & { others: readonly Row[] },
): void {
  const { dice } = write;
  const guard = write.guard();
  const changes = changesOf(write, run, named);
  const report = withReport(write, guard.author, named);
  const found = dice.chance(0.3) ? dice.some(others, 2) : [];
  write.record('import_reading', {
    guard,
    needs: { import_id: file },
    tellsOf: found,
    values: { same: dice.chance(0.5), found_runs: found.map(({ id }) => id) },
    retold: (sees, who) => ({
      ...report(sees, who),
      changes: changes.flatMap(({ names, ...change }) =>
        Object.values(names).flat().every(sees) ? [{ ...change, names: idsOf(names) }] : [],
      ),
    }),
  });
  if (dice.chance(0.3)) return;
  const gathered = dice.chance(0.3) ? dice.some(others, 1) : [];
  write.record('import_rereading', {
    needs: { import_id: file },
    tellsOf: gathered,
    values: {
      found_runs: gathered.map(({ id }) => id),
      ...{ newest_before: run.id, runs: 120 + dice.below(5), read: 50, made: 3 },
      ...{ changes: [], change_count: 0, warnings: [] },
      error: dice.chance(0.5) ? write.words() : null,
      actor_id: Number(PEOPLE[guard.author].id),
    },
  });
}

/**
 * A report, and what a rule that is seen whole added to it, with what was left out and said for what is recorded of that.
 * Whoever sent the file was told of every rule, and still is, but not by a token that may not read.
 */
function withReport(write: Writer, sender: keyof typeof PEOPLE, { rule, behaviors }: NamedInFile) {
  const report = {
    kept: [{ field: 'eval', how: write.words() }],
    leftOut: [{ field: 'samples', count: 2, reason: write.words() }],
    warnings: [write.words()],
    recordedBefore: null,
    toPropose: [
      { evaluation: write.words(), scorer: 'other', key: null, values: [{ value: '1', count: 2 }] },
    ],
  };
  const ofRecord = {
    leftOut: [
      { field: write.words(), count: 1, reason: write.words(), restsOnRecord: true },
      ...report.leftOut,
    ],
    warningsOfRecord: [write.words()],
  };
  const told = {
    version: String(rule.id),
    behaviors: [String(behaviors[0]!.id)],
    kept: [{ field: 'samples[].scores.other', how: write.words() }],
    warnings: [write.words()],
    warningsOfRecord: [],
    reads: ['other'],
    covers: [0],
  };
  return (sees: Sees, who: PrincipalName | null): Record<string, Json> => {
    const sent = who !== null && isOf(who, sender);
    const whole = sent || (sees(rule) && sees(behaviors[0]!));
    return { report: whole ? { ...report, ...ofRecord, byRules: [told] } : report };
  };
}

const isOf = (who: PrincipalName, person: keyof typeof PEOPLE): boolean => {
  const viewer = PRINCIPALS[who];
  return readsAsMember(viewer) && viewer.actorId === PEOPLE[person].id;
};

type NamesRows = Record<'behaviors' | 'graderVersions' | 'evaluationVersions', readonly Row[]>;

/** What a reading says otherwise: of what is seen, and of what is not, in between. */
function changesOf(
  write: Writer,
  run: Row,
  { behaviors, graderVersion, evaluationVersion }: NamedInFile,
): { run: string | null; subject: string; before: string; after: string; names: NamesRows }[] {
  const nobody: NamesRows = { behaviors: [], graderVersions: [], evaluationVersions: [] };
  const change = (subject: string, names: Partial<NamesRows> = {}, of: string | null = refOf(run)) => ({
    ...{ run: of, subject, before: write.words(), after: write.words() },
    names: { ...nobody, ...names },
  });
  const [first, second] = behaviors as [Row, Row];
  return [
    change('read before as'),
    change('measurement of one', { behaviors: [first] }),
    change('measurement of another', { behaviors: [second], evaluationVersions: [evaluationVersion] }),
    change('score of a grader', { graderVersions: [graderVersion] }),
    ...(write.dice.chance(0.5) ? [change('samples with other scores')] : []),
    change('field eval', {}, null),
  ];
}

const idsOf = (names: NamesRows): Record<string, string[]> =>
  Object.fromEntries(Object.entries(names).map(([list, rows]) => [list, rows.map(({ id }) => String(id))]));
