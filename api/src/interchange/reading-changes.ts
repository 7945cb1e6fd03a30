// What a new reading of a file says otherwise than the one before it.
import type { Tx } from '../platform/database.ts';
import { MOST_LISTED } from '../platform/listed.ts';
import type { ImportReport } from './import.ts';
import {
  compareSamples,
  type Naming,
  type ReadingChange,
  type RunRead,
  type Said,
  selectSaid,
} from './import-reading.store.ts';
import { asWrittenToday } from './older-report.ts';
import type { ImportPlan } from './planned.ts';
import { refOfRun } from './record-run.ts';

/** How many changes of a file are kept of those that name nothing beside its runs; and how many of the others. */
const MOST_CHANGES_KEPT = MOST_LISTED;
/** For how many different things that are named it is kept of each by itself that there are further changes. */
const MOST_NAMED_APART = 100;

/** A run of an earlier reading; whether an earlier reader told it from others by something else. */
export type EarlierRun = RunRead & { toldOtherwise: boolean };

/** What a run of a file was read as before, by whatever it was told from others then; null where it was not. */
export function earlierOf(
  { runIdentity, formerIdentities = [] }: Pick<ImportPlan, 'runIdentity' | 'formerIdentities'>,
  read: ReadonlyMap<string, RunRead>,
): EarlierRun | null {
  const same = read.get(runIdentity);
  if (same !== undefined) return { ...same, toldOtherwise: false };
  const [former] = formerIdentities.flatMap((identity) => read.get(identity) ?? []);
  return former === undefined ? null : { ...former, toldOtherwise: true };
}

/** What the new run says otherwise than the one that the file had been read as; all of it is new where there was none. */
export async function changesOfRun(
  tx: Tx,
  earlier: EarlierRun | null,
  now: RunRead,
): Promise<ReadingChange[]> {
  const run = refOfRun(now.name);
  if (earlier === null) return [{ run, subject: 'eval run', before: null, after: 'recorded' }];
  const [before, after] = await Promise.all([selectSaid(tx, earlier.id), selectSaid(tx, now.id)]);
  const said = differences(before, keptBefore(before, after)).map((one) => ({ run, ...one }));
  const samples = await compareSamples(tx, earlier.id, now.id);
  // A verdict is told to whoever sees its behaviour, and so is how many are others now.
  const verdicts = namesOf([...before.values(), ...after.values()].filter(isMeasured));
  const counted = (
    [
      ['samples that are new', samples.added],
      [
        // One run of an earlier reader may be several now.
        earlier.toldOtherwise ? 'samples that are gone, or in another run' : 'samples that are gone',
        samples.removed,
      ],
      ['samples that are called otherwise', samples.renamed],
      ['samples with other scores', samples.scores],
      ['samples with another outcome', samples.outcomes, verdicts],
      ['samples of which it is told by a digest what the model was given', samples.inputsTold],
      ['samples of which that digest is another', samples.inputs],
      ['samples that differ otherwise', samples.rest],
    ] as [string, number, Naming?][]
  ).flatMap(([subject, count, names]) =>
    count === 0
      ? []
      : [{ run, subject, before: null, after: String(count), ...(names === undefined ? {} : { names }) }],
  );
  const found = [...said, ...counted];
  return cutChanges([
    { run, subject: READ_BEFORE_AS, before: refOfRun(earlier.name), after: run },
    ...(found.length === 0 ? [settingsOf(run)] : found),
  ]);
}

/** What selectSaid calls the figures of a behaviour. */
const MEASUREMENT_OF = 'measurement of ';
const READ_BEFORE_AS = 'read before as';

const isMeasured = ({ subject }: Said): boolean => subject.startsWith(MEASUREMENT_OF);

/**
 * What is said now, without the metrics that were no scores before because a measurement stood for them: before they were
 * kept beside it, none of those was. The file says nothing otherwise by them, and that they are new would tell of it.
 */
function keptBefore(
  before: ReadonlyMap<string, Said>,
  after: ReadonlyMap<string, Said>,
): ReadonlyMap<string, Said> {
  const held = [...before.values()];
  if (!held.some(isMeasured) || held.some((one) => one.isCovered === true)) return after;
  return new Map([...after].filter(([key, one]) => one.isCovered !== true || before.has(key)));
}

/** Said of a run that differs in nothing that is told. */
const settingsOf = (run: string | null): ReadingChange => ({
  run,
  subject: 'settings of the run',
  before: null,
  after: 'differ',
});

const FURTHER = 'further changes';
/** Said by earlier versions with their number, which counted what not everybody sees. */
const FURTHER_COUNTED = 'further changes, not listed';

const further = (names: Naming | undefined): ReadingChange => ({
  run: null,
  subject: FURTHER,
  before: null,
  after: 'not listed',
  ...(names === undefined ? {} : { names }),
});

/**
 * The changes that somebody sees, as if there were no others: a run of which all else is hidden differs in its settings. As
 * many as a list shows, of which the last says that there are further ones where there are; `isToldAll`: also where an
 * earlier version kept that, and not whether all see these.
 */
export function asIfAll(seen: readonly ReadingChange[], isToldAll: boolean): ReadingChange[] {
  const listed = seen.filter(({ subject }) => subject !== FURTHER && subject !== FURTHER_COUNTED);
  const told = new Set(listed.flatMap(({ run, subject }) => (subject === READ_BEFORE_AS ? [] : [run])));
  // What such a run says otherwise may be among what is not listed.
  const mayBeFurther = seen.some(({ subject, names }) => subject === FURTHER && names !== undefined);
  const all = listed.flatMap((change) =>
    change.subject === READ_BEFORE_AS && !told.has(change.run) && !mayBeFurther
      ? [change, settingsOf(change.run)]
      : [change],
  );
  const areFurther = seen.some(
    ({ subject }) => subject === FURTHER || (isToldAll && subject === FURTHER_COUNTED),
  );
  if (!areFurther && all.length <= MOST_LISTED) return all;
  return [...all.slice(0, MOST_LISTED - 1), further(undefined)];
}

/**
 * Which fields of the file are kept now and were not before, or the other way round; not those that rules read, which
 * not everybody sees: what these measure is said of the run.
 */
export function changesOfReport(before: ImportReport, after: ImportReport): ReadingChange[] {
  const kept = (report: ImportReport) =>
    new Map(
      asWrittenToday(report).kept.map(({ field, how }) => [field, { subject: `field ${field}`, said: how }]),
    );
  return differences(kept(before), kept(after)).map((one) => ({ run: null, ...one }));
}

/**
 * What is kept of the changes of a whole file, in their order: the first of those that name nothing beside its runs, whatever
 * else there is, and the first of the others. Of the rest it is kept what they name, so that whoever sees it is told that
 * there are further ones. What is cut may be cut again with more beside it.
 */
export function cutChanges(changes: readonly ReadingChange[]): ReadingChange[] {
  const room = { plain: MOST_CHANGES_KEPT, naming: MOST_CHANGES_KEPT };
  const kept: ReadingChange[] = [];
  const left = new Map<string, Naming>();
  let isPlainLeft = false;
  for (const change of changes) {
    const kind = change.names === undefined ? 'plain' : 'naming';
    if (change.subject !== FURTHER && room[kind] > 0) {
      room[kind] -= 1;
      kept.push(change);
    } else if (change.names === undefined) isPlainLeft = true;
    else left.set(JSON.stringify(change.names), change.names);
  }
  const namings = [...left.values()];
  const together = namings.slice(MOST_NAMED_APART);
  return [
    ...kept,
    ...(isPlainLeft ? [further(undefined)] : []),
    ...namings.slice(0, MOST_NAMED_APART).map(further),
    ...(together.length === 0 ? [] : [further(joined(together))]),
  ];
}

export function differences(
  before: ReadonlyMap<string, Said>,
  after: ReadonlyMap<string, Said>,
): Omit<ReadingChange, 'run'>[] {
  return [...new Set([...before.keys(), ...after.keys()])]
    .map((key) => ({ was: before.get(key), is: after.get(key) }))
    .filter(({ was, is }) => was?.said !== is?.said)
    .map(({ was, is }) => {
      const names = namesOf([was, is]);
      return {
        subject: (is ?? was)!.subject,
        before: was?.said ?? null,
        after: is?.said ?? null,
        ...(names === undefined ? {} : { names }),
      };
    });
}

function namesOf(said: readonly (Said | undefined)[]): Naming | undefined {
  const names = said.flatMap((one) => one?.names ?? []);
  return names.length === 0 ? undefined : joined(names);
}

function joined(names: readonly Naming[]): Naming {
  const all = (list: keyof Naming) => [...new Set(names.flatMap((one) => one[list]))];
  return {
    behaviors: all('behaviors'),
    graderVersions: all('graderVersions'),
    evaluationVersions: all('evaluationVersions'),
  };
}
